using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Crm.History;

/// <summary>Who changed which field of which record from what to what, when and by which way in.</summary>
/// <param name="Person">Null when no person did it.</param>
/// <param name="Kind">What kind of record: <c>project</c>, <c>task</c>, <c>checklist</c>, <c>checklistItem</c>, <c>comment</c>, <c>rating</c>, <c>account</c>, <c>invitation</c>, <c>workspace</c>…</param>
/// <param name="Name">What the record is called now.</param>
/// <param name="ProjectId">Null for what belongs to no project.</param>
/// <param name="Field">The property that changed; <c>created</c> or <c>removed</c> for the record as a whole.</param>
/// <param name="From">The value before, as text: ids for people, and in a list at most the first 120 characters.</param>
/// <param name="To">The value after, in the same way.</param>
/// <param name="IsCut">There is more of the values; the change by itself shows all of it.</param>
/// <param name="Summary">The change as a sentence.</param>
/// <param name="CanBeRestored">The value before can be put back, by whoever may change the record.</param>
public sealed record ChangeResource(
    long Id,
    DateTime At,
    PersonName? Person,
    Via Via,
    string Kind,
    int RecordId,
    string Name,
    int? ProjectId,
    string Field,
    string? From,
    string? To,
    bool IsCut,
    string Summary,
    bool CanBeRestored)
{
    internal static ChangeResource Of(ChangeRow row, HistoryNames names, ChangeWords words)
    {
        var (change, told) = (row.Change, words.Of(row.Change));
        return new ChangeResource(
            row.Id,
            change.At,
            change.PersonId is { } id ? new PersonName(id, change.Who ?? "") : null,
            change.Via,
            KindNames.Of(row.Kind),
            row.RecordId,
            names.Of(row.Kind, row.RecordId).Name,
            row.ProjectId,
            ApiJson.Name(change.Field),
            change.From,
            change.To,
            row.IsCut,
            string.Join(' ', new[] { told.Who, told.Verb, told.Subject, told.Rest }.Where(part => part.Length > 0)),
            Restorable.Covers(row.Kind, change.Field));
    }
}

/// <summary>One change, with how the field stands now.</summary>
/// <param name="Present">Null where nothing can be put back.</param>
public sealed record ChangeDetails(ChangeResource Change, PresentValue? Present);

/// <summary>How a field stands whose former value could be put back.</summary>
/// <param name="Value">As the history writes it.</param>
/// <param name="MayRestore">The caller may change the record.</param>
/// <param name="IsThereAlready">The former value stands there now: there is nothing to put back.</param>
/// <param name="IsChangedSince">Something else stands there now than this change put there; send <c>seen</c> to replace it.</param>
/// <param name="Obstacle">Why nobody can put it back now, or null.</param>
/// <param name="Seen">Says what stands there now.</param>
public sealed record PresentValue(string? Value, bool MayRestore, bool IsThereAlready, bool IsChangedSince, string? Obstacle, string Seen);

/// <summary>What it takes to put a value back.</summary>
public sealed record RestoreValue
{
    /// <summary>The <c>seen</c> of the change, where the field was changed since: it says that the caller knows what is replaced.</summary>
    [Display(Name = "seen")]
    [Line(100)]
    public string? Seen { get; init; }
}

/// <summary>Which changes a history holds.</summary>
public sealed record HistoryQuery
{
    /// <summary>Only those by this person, by the id.</summary>
    [FromQuery(Name = "person")]
    public int? Person { get; init; }

    /// <summary>Only those of this kind of record, such as <c>task</c>.</summary>
    [FromQuery(Name = "kind")]
    [Line(40)]
    public string? Kind { get; init; }

    /// <summary>Only those of this property, such as <c>dueOn</c>.</summary>
    [FromQuery(Name = "field")]
    [Line(40)]
    public string? Field { get; init; }

    /// <summary>Only those that came in this way.</summary>
    [FromQuery(Name = "via")]
    public Choice<Via>? Via { get; init; }

    /// <summary>From this day on, in the workspace's time zone.</summary>
    [FromQuery(Name = "from")]
    [Day]
    public DateOnly? From { get; init; }

    /// <summary>Through this day, in the workspace's time zone.</summary>
    [FromQuery(Name = "to")]
    [Day]
    public DateOnly? To { get; init; }

    public HistoryFilter Filter => new()
    {
        Person = Person?.ToString(CultureInfo.InvariantCulture),
        Kind = KindNames.ClassOf(Kind),
        Field = Field is { Length: > 0 } ? char.ToUpperInvariant(Field[0]) + Field[1..] : null,
        Way = Via?.Value.ToString(),
        From = Day.Text(From),
        To = Day.Text(To),
    };
}

/// <summary>What the API calls the kinds of records.</summary>
internal static class KindNames
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [nameof(ProjectTask)] = "task",
        [nameof(Interaction)] = "comment",
        [nameof(Person)] = "account",
    };

    public static string Of(string kind) => Words.GetValueOrDefault(kind) ?? ApiJson.Name(kind);

    public static string? ClassOf(string? word) =>
        string.IsNullOrEmpty(word) ? null : Words.FirstOrDefault(w => w.Value == word).Key ?? char.ToUpperInvariant(word[0]) + word[1..];
}
