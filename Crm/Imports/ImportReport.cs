namespace Crm.Imports;

/// <summary>What one run of an import has made. A second run of the same file makes nothing, so that all of these are zero.</summary>
/// <param name="People">People of the file who were not known by it before: newly made, or recognised as somebody who was here.</param>
/// <param name="Updated">Records that were here and are different now.</param>
public sealed record ImportCounts(int Projects = 0, int Tasks = 0, int Comments = 0, int Checklists = 0, int People = 0, int Updated = 0)
{
    public static ImportCounts operator +(ImportCounts a, ImportCounts b) => a.Plus(b);

    public ImportCounts Plus(ImportCounts other) => new(
        Projects + other.Projects,
        Tasks + other.Tasks,
        Comments + other.Comments,
        Checklists + other.Checklists,
        People + other.People,
        Updated + other.Updated);
}

/// <param name="Skipped">Sentences about what was not kept, or not kept as it was.</param>
public sealed record ImportReport(int? ProjectId, ImportCounts Counts, IReadOnlyList<string> Skipped);
