using System.Globalization;
using Crm.Admin;
using Crm.Timeline;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.History;

/// <summary>
/// Which changes a history shows. All of it stands in the address; a value that means nothing counts as none.
/// </summary>
public sealed record HistoryFilter
{
    [FromQuery(Name = "person")]
    public string? Person { get; init; }

    /// <summary>Class of the record, such as <c>ProjectTask</c>.</summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    [FromQuery(Name = "field")]
    public string? Field { get; init; }

    /// <summary>The way in.</summary>
    [FromQuery(Name = "via")]
    public string? Way { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>The change that this page goes on after.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    public int? PersonId => int.TryParse(Person, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public Via? Via => Enum.GetValues<Via>().Cast<Via?>().FirstOrDefault(v => v.ToString() == Way);

    public DateOnly? FromDay => Day.Parse(From);

    public DateOnly? ToDay => Day.Parse(To);

    public long? BeforeId => long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public bool IsNarrowed => PersonId is not null || Has(Kind) || Has(Field) || Via is not null || FromDay is not null || ToDay is not null;

    public IQueryable<Change> Apply(IQueryable<Change> changes, Workspace workspace)
    {
        changes = PersonId is { } person ? changes.Where(c => c.PersonId == person) : changes;
        changes = Has(Kind) ? changes.Where(c => c.Kind == Kind) : changes;
        changes = Has(Field) ? changes.Where(c => c.Field == Field) : changes;
        changes = Via is { } via ? changes.Where(c => c.Via == via) : changes;
        if (FromDay is { } from)
        {
            var start = workspace.StartOf(from);
            changes = changes.Where(c => c.At >= start);
        }

        if (ToDay is { } to)
        {
            var end = workspace.StartOf(to.AddDays(1));
            changes = changes.Where(c => c.At < end);
        }

        return changes;
    }

    /// <summary>The same filter at another place of the list.</summary>
    public string Query(long? before)
    {
        var query = new Dictionary<string, string?>
        {
            ["person"] = PersonId?.ToString(CultureInfo.InvariantCulture),
            ["kind"] = Has(Kind) ? Kind : null,
            ["field"] = Has(Field) ? Field : null,
            ["via"] = Via?.ToString(),
            ["from"] = FromDay is { } from ? Day.Text(from) : null,
            ["to"] = ToDay is { } to ? Day.Text(to) : null,
            ["before"] = before?.ToString(CultureInfo.InvariantCulture),
        };
        return QueryString.Create(query.Where(p => p.Value is not null)).ToString();
    }

    private static bool Has(string? text) => !string.IsNullOrEmpty(text) && text.Length <= 40;
}
