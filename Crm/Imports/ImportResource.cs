using System.ComponentModel.DataAnnotations;
using Crm.Projects;
using Crm.Tasks;

namespace Crm.Imports;

/// <summary>A file that somebody brings in, as the API shows it.</summary>
/// <param name="FileName">As it was called where it came from.</param>
/// <param name="State">It waits to be started, runs, or has ended.</param>
/// <param name="Total">How many cards there are to bring in.</param>
/// <param name="Done">How many of them are there so far.</param>
/// <param name="ProjectId">What the board became; null until then.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="EndedAt">Null until it has ended.</param>
public sealed record ImportResource(int Id, string FileName, ImportState State, int Total, int Done, int? ProjectId, PersonName StartedBy, string? Error, DateTime CreatedAt, DateTime? EndedAt);

/// <summary>An import with what it will make, or what it has made.</summary>
/// <param name="Preview">What it will make; null once it was started.</param>
/// <param name="Report">What it has made so far; null before.</param>
public sealed record ImportDetails(ImportResource Import, PreviewResource? Preview, ReportResource? Report)
{
    internal static ImportDetails Of(ImportJob job, ImportPlan? plan) => new(
        new ImportResource(job.Id, job.FileName, job.State, job.Total, job.Done, job.ProjectId, new PersonName(job.StartedById, job.StartedBy.Name), job.Error, job.CreatedAt, job.EndedAt),
        plan is null ? null : PreviewResource.Of(plan),
        job.ReadReport() is { } report ? ReportResource.Of(report) : null);
}

/// <summary>What a file will make.</summary>
/// <param name="Archived">How many of the cards are archived.</param>
/// <param name="Project">The project that the board became at an earlier import, if the caller sees it: it is brought up to date.</param>
/// <param name="IsProjectDeleted">That project is deleted.</param>
/// <param name="Notes">Sentences about what will not be kept, or not as it was.</param>
public sealed record PreviewResource(
    string Name,
    int Cards,
    int Archived,
    int Comments,
    int Checklists,
    IReadOnlyList<PreviewedList> Lists,
    IReadOnlyList<BoardPersonResource> People,
    ProjectName? Project,
    bool IsProjectDeleted,
    IReadOnlyList<string> Notes)
{
    internal static PreviewResource Of(ImportPlan plan) => new(
        plan.Preview.Name,
        plan.Preview.Cards,
        plan.Preview.Archived,
        plan.Preview.Comments,
        plan.Preview.Checklists,
        plan.Preview.Lists,
        [.. plan.People.Select(p => new BoardPersonResource(p.Person.Id, p.Person.Name, p.Person.Username, p.Known, p.Chosen == ImportChoices.SomebodyNew ? null : int.Parse(p.Chosen, System.Globalization.CultureInfo.InvariantCulture)))],
        plan.ProjectId is { } id ? new ProjectName(id, plan.ProjectName ?? "") : null,
        plan.IsDeleted,
        plan.Preview.Notes);
}

/// <summary>Somebody on the board.</summary>
/// <param name="Id">On the board.</param>
/// <param name="Known">Name of the person here whom an earlier import made of them: no choice any more.</param>
/// <param name="BecomesId">The person here whom they become unless the start says otherwise; null for somebody new.</param>
public sealed record BoardPersonResource(string Id, string Name, string? Username, string? Known, int? BecomesId);

/// <summary>What an import has made.</summary>
/// <param name="Updated">Records that were here and are different now.</param>
/// <param name="Skipped">Sentences about what was not kept, or not kept as it was.</param>
public sealed record ReportResource(int Projects, int Tasks, int Comments, int Checklists, int People, int Updated, IReadOnlyList<string> Skipped)
{
    internal static ReportResource Of(ImportReport report)
    {
        var counts = report.Counts;
        return new(counts.Projects, counts.Tasks, counts.Comments, counts.Checklists, counts.People, counts.Updated, report.Skipped);
    }
}

/// <summary>What it takes to start an import.</summary>
public sealed record StartImport
{
    /// <summary>Whom people on the board become. Who is not named becomes who the preview says.</summary>
    [MaxLength(1_000, ErrorMessage = "Name at most 1,000 people.")]
    public IReadOnlyList<BecomePerson>? People { get; init; }

    /// <returns>By their places in the preview; null when somebody is not on the board, or no choice any more.</returns>
    internal IReadOnlyDictionary<int, string?>? ByPlace(IReadOnlyList<BecomesRow> rows)
    {
        var open = rows.Where(r => r.Known is null).ToList();
        var typed = open.ToDictionary(r => r.Place, r => (string?)r.Chosen);
        foreach (var person in People ?? [])
        {
            if (open.Find(r => r.Person.Id == person?.Id) is not { } row)
            {
                return null;
            }

            typed[row.Place] = person!.BecomesId is { } id ? id.ToString(System.Globalization.CultureInfo.InvariantCulture) : ImportChoices.SomebodyNew;
        }

        return typed;
    }
}

/// <summary>Whom somebody on the board becomes.</summary>
/// <param name="Id">On the board.</param>
/// <param name="BecomesId">A person here; null for somebody new.</param>
public sealed record BecomePerson([property: MaxLength(100)] string Id, int? BecomesId);
