using System.Globalization;
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

    /// <summary>Stands for a value that is nobody's business, such as a key.</summary>
    internal const string Set = "set";

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        [Change.Created] = "Creation",
        [Change.Removed] = "Removal",
        [nameof(Project.ArchivedAt)] = "Archive",
        [nameof(Project.DeletedAt)] = "Deletion",
        [nameof(Project.OwnerId)] = "Owner",
        [nameof(ProjectTask.Position)] = "Place in the order",
        [nameof(ProjectTask.Audience)] = "Audience",
        [nameof(Project.Visibility)] = "Visibility",
        [nameof(ChecklistItem.IsDone)] = "Done",
        [nameof(Interaction.Body)] = "Words",
        [nameof(Accounts.Person.DisabledAt)] = "Disabling",
        [nameof(Accounts.Person.JoinedAt)] = "Joining",
        [nameof(Accounts.Person.Email)] = "E-mail",
        [nameof(Accounts.Person.TwoFactorEnabled)] = "Second factor",
        [nameof(Accounts.Tokens.PersonalToken)] = "Personal access token",
        [nameof(Admin.Workspace.RequiresSecondFactor)] = "Required second factor",
        [nameof(Accounts.Invitation.AcceptedAt)] = "Acceptance",
        [nameof(Accounts.Invitation.RevokedAt)] = "Revocation",
        [nameof(Accounts.Invitation.ExpiresAt)] = "Expiry",
        [nameof(Webhooks.Webhook.PausedAt)] = "Pause",
        [nameof(Webhooks.Webhook.PauseReason)] = "Reason of the pause",
        [nameof(Webhooks.Webhook.Url)] = "Address",
    };

    public ThreadEvent Of(RecordChange change)
    {
        var (verb, subject, rest) = Sentence(change);
        var who = change.Who ?? Nobody(change.Via);
        return new ThreadEvent(change.At, who, Icon(change.Field), verb, subject, rest);
    }

    /// <summary>Who did it when no person is known.</summary>
    public static string Nobody(Via via) => via switch
    {
        Via.Import => "An import",
        Via.Command => "The command line",
        Via.Program => "Crm itself",
        _ => "Somebody",
    };

    /// <summary>What people call a property of a project or a task, such as “due date”.</summary>
    public static string LabelOf(string property) =>
        (Labels.GetValueOrDefault(property)
            ?? ProjectFields.All.FirstOrDefault(f => f.Property == property)?.Label
            ?? TaskFields.All.FirstOrDefault(f => f.Property == property)?.Label
            ?? Spaced(property)).ToLowerInvariant();

    private (string Verb, string Subject, string After) Sentence(RecordChange change) =>
        OfTheWhole(change) ?? (change.Field, change.From, change.To) switch
        {
            (nameof(Project.Members), { } left, null) => ("removed", Name(left), ""),
            (nameof(Project.Members), _, { } came) => ("added", Name(came), ""),
            (var field, null or "", Set) => ("set up the", LabelOf(field), ""),
            (var field, Set, null or "") => ("removed the", LabelOf(field), ""),
            (var field, Set, Set) => ("changed the", LabelOf(field), ""),
            (var field, null or "", { Length: > 0 }) when IsProse(field) => ("added a", LabelOf(field), ""),
            (var field, _, null or "") when IsProse(field) => ("removed the", LabelOf(field), ""),
            (var field, _, _) when IsProse(field) => ("changed the", LabelOf(field), ""),
            (var field, null or "", { Length: > 0 } to) => ("set the", LabelOf(field), $"to {Value(field, to)}"),
            (var field, { Length: > 0 } from, null or "") => ("removed the", LabelOf(field), $"({Value(field, from)})"),
            (var field, { Length: > 0 } from, { } to) => ("changed the", LabelOf(field), $"from {Value(field, from)} to {Value(field, to)}"),
            var (field, _, _) => ("changed the", LabelOf(field), ""),
        };

    /// <summary>What was done with the record as a whole, or null.</summary>
    private static (string Verb, string Subject, string After)? OfTheWhole(RecordChange change) => (change.Field, change.To) switch
    {
        (Change.Created, _) => ("", "created", "it"),
        (Change.Removed, _) => ("", "removed", "it for good"),
        (nameof(Project.ArchivedAt), null) => ("brought it", "back", ""),
        (nameof(Project.ArchivedAt), _) => ("", "archived", "it"),
        (nameof(Project.DeletedAt), null) => ("", "restored", "it"),
        (nameof(Project.DeletedAt), _) => ("", "deleted", "it"),
        (nameof(ChecklistItem.IsDone), "True") => ("", "checked", "it off"),
        (nameof(ChecklistItem.IsDone), _) => ("", "opened", "it again"),
        (nameof(Accounts.Person.DisabledAt), null) => ("", "enabled", "the account"),
        (nameof(Accounts.Person.DisabledAt), _) => ("", "disabled", "the account"),
        (nameof(Accounts.Person.JoinedAt), { }) => ("gave it an", "account", ""),
        (nameof(Accounts.Invitation.AcceptedAt), { }) => ("", "accepted", "it"),
        (nameof(Accounts.Invitation.RevokedAt), { }) => ("", "revoked", "it"),
        (nameof(Webhooks.Webhook.PausedAt), null) => ("", "resumed", "it"),
        (nameof(Webhooks.Webhook.PausedAt), _) => ("", "paused", "it"),
        (nameof(Project.Visibility), nameof(ProjectVisibility.Private)) => ("made it", "private", "to its members"),
        (nameof(Project.Visibility), _) => ("opened it to", "the whole team", ""),
        (nameof(ProjectTask.Audience), nameof(Audience.ClientVisible)) => ("made it", "client-visible", ""),
        (nameof(ProjectTask.Audience), _) => ("made it", "team only", ""),
        (nameof(ProjectTask.Position), _) => ("changed its", "place", "in the order"),
        _ => null,
    };

    /// <summary>Longer texts are told by a difference of their own.</summary>
    public static bool IsProse(string field) => field is nameof(Project.Description) or nameof(Interaction.Body) or nameof(Feedback.Rating.Comment);

    /// <summary>A value in words: people by their names, days as they are read.</summary>
    public string Value(string field, string value) => field switch
    {
        nameof(Project.OwnerId) or nameof(ProjectTask.AssigneeId) or nameof(Project.Members) => Name(value),
        nameof(Project.StartsOn) or nameof(Project.DueOn) => Day.TryParse(value, out var day) ? clock.Day(day) : value,
        _ when value is "True" or "False" => value == "True" ? "on" : "off",
        _ when DateTime.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) => clock.Full(moment),
        _ when OneWord().IsMatch(value) && field is not (nameof(Project.Name) or nameof(ProjectTask.Title) or nameof(ChecklistItem.Text)) => Spaced(value),
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
        nameof(Project.Visibility) => "lock",
        nameof(ProjectTask.Audience) => "eye",
        nameof(Project.ArchivedAt) => "archive",
        nameof(Project.DeletedAt) => "trash-2",
        nameof(ChecklistItem.IsDone) => "check",
        nameof(ProjectTask.Position) => "arrow-down",
        Change.Created => "plus",
        _ => "pencil",
    };

    /// <summary>“OnHold” as “On hold”.</summary>
    private static string Spaced(string name) => Capital().Replace(name, m => " " + m.Value.ToLowerInvariant());

    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Capital();

    [GeneratedRegex("^[A-Z][A-Za-z]{1,20}$", RegexOptions.None, 1000)]
    private static partial Regex OneWord();
}
