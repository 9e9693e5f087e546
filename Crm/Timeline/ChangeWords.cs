using System.Text.RegularExpressions;
using Crm.Projects;
using Crm.Tasks;
using Crm.Web;

namespace Crm.Timeline;

/// <summary>A change as a sentence, such as “Tom Baker changed the | due date | from 18 Nov to 22 Nov”.</summary>
/// <param name="Subject">The part that is set off.</param>
public sealed record ThreadEvent(DateTime At, string Who, string Icon, string Verb, string Subject, string Rest);

/// <summary>Says changes in words. Needs the names of the people whose ids stand in them.</summary>
public sealed partial class ChangeWords(Clock clock, IReadOnlyDictionary<string, string> people)
{
    private const int LongestValue = 80;

    public ThreadEvent Of(RecordChange change)
    {
        var (verb, subject, rest) = Sentence(change);
        var who = change.Who ?? (change.Via == Via.Import ? "An import" : "The command line");
        return new ThreadEvent(change.At, who, Icon(change.Field), verb, subject, rest);
    }

    /// <summary>What people call a property of a project or a task, such as “due date”.</summary>
    public static string LabelOf(string property) =>
        (ProjectFields.All.FirstOrDefault(f => f.Property == property)?.Label
            ?? TaskFields.All.FirstOrDefault(f => f.Property == property)?.Label
            ?? Spaced(property)).ToLowerInvariant();

    private (string Verb, string Subject, string After) Sentence(RecordChange change) => (change.Field, change.From, change.To) switch
    {
        (nameof(Project.ArchivedAt), _, null) => ("brought it", "back", ""),
        (nameof(Project.ArchivedAt), _, _) => ("", "archived", "it"),
        (nameof(Project.DeletedAt), _, null) => ("", "restored", "it"),
        (nameof(Project.DeletedAt), _, _) => ("", "deleted", "it"),
        (nameof(Project.Members), { } left, null) => ("removed", Name(left), ""),
        (nameof(Project.Members), _, { } came) => ("added", Name(came), ""),
        (nameof(Project.Description), null or "", _) => ("added a", "description", ""),
        (nameof(Project.Description), _, null or "") => ("removed the", "description", ""),
        (nameof(Project.Description), _, _) => ("changed the", "description", ""),
        (var field, null or "", { } to) => ("set the", LabelOf(field), $"to {Value(field, to)}"),
        (var field, { } from, null or "") => ("removed the", LabelOf(field), $"({Value(field, from)})"),
        (var field, { } from, { } to) => ("changed the", LabelOf(field), $"from {Value(field, from)} to {Value(field, to)}"),
        var (field, _, _) => ("changed the", LabelOf(field), ""),
    };

    private string Value(string field, string value) => field switch
    {
        nameof(Project.OwnerId) or nameof(ProjectTask.AssigneeId) => Name(value),
        nameof(Project.StartsOn) or nameof(Project.DueOn) => Day.TryParse(value, out var day) ? clock.Day(day) : value,
        nameof(Project.Status) or nameof(ProjectTask.Priority) => Spaced(value),
        _ => $"“{(value.Length > LongestValue ? value[..LongestValue] + "…" : value)}”",
    };

    private string Name(string id) => people.GetValueOrDefault(id, "somebody");

    private static string Icon(string field) => field switch
    {
        nameof(Project.DueOn) or nameof(Project.StartsOn) => "calendar",
        nameof(Project.OwnerId) or nameof(ProjectTask.AssigneeId) or nameof(Project.Members) => "user",
        nameof(Project.Status) => "activity",
        nameof(ProjectTask.Priority) => "flag",
        nameof(ProjectTask.Labels) => "tag",
        nameof(Project.ArchivedAt) => "archive",
        nameof(Project.DeletedAt) => "trash-2",
        _ => "pencil",
    };

    /// <summary>“OnHold” as “On hold”.</summary>
    private static string Spaced(string name) => Capital().Replace(name, m => " " + m.Value.ToLowerInvariant());

    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Capital();
}
