using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Admin;
using Crm.Feedback;
using Crm.Imports;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web;
using Crm.Webhooks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Data;

/// <summary>What changes without a row of history, and why. Everything else is recorded; a test goes through the model.</summary>
internal static class Untold
{
    private const string Grows = "Grows with each change and stands in its row.";
    private const string Follows = "Follows from another field, whose change is recorded.";
    private const string Bookkeeping = "The program's bookkeeping of signing in.";
    private const string Credential = "Only that it came, changed or went is recorded, never what it is made of.";

    /// <summary>By class, or by class and property.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [nameof(Change)] = "It is the history.",
        [nameof(Session)] = "Stands in the list of a person's sessions and goes when it ends.",
        [nameof(SignInEvent)] = "It is a log itself.",
        [nameof(Receipt)] = "Says that a form was carried out; what the form did is recorded.",
        [nameof(ImportJob)] = "A log itself; what an import makes is recorded, as made by an import.",
        [nameof(WebhookDelivery)] = "A log itself, of what is recorded already.",
        [nameof(WebhookAttempt)] = "A log itself.",
        [nameof(WebhookHealth)] = "Changes with each answer of a receiver; the log of its deliveries tells of them.",
        [Of(nameof(Webhook), nameof(Webhook.Version))] = Grows,
        [Of(nameof(Webhook), nameof(Webhook.FormerSecret))] = Follows,
        [Of(nameof(Webhook), nameof(Webhook.FormerSecretUntil))] = Follows,
        [Of(nameof(Project), nameof(Project.Version))] = Grows,
        [Of(nameof(Project), nameof(Project.SortName))] = Follows,
        [Of(nameof(ProjectTask), nameof(ProjectTask.Version))] = Grows,
        [Of(nameof(ProjectTask), nameof(ProjectTask.CompletedAt))] = Follows,
        [Of(nameof(ProjectTask), nameof(ProjectTask.DueOrder))] = Follows,
        [Of(nameof(ProjectTask), nameof(ProjectTask.SortTitle))] = Follows,
        [Of(nameof(Checklist), nameof(Checklist.Version))] = Grows,
        [Of(nameof(ChecklistItem), nameof(ChecklistItem.Version))] = Grows,
        [Of(nameof(Interaction), nameof(Interaction.Version))] = Grows,
        [Of(nameof(Interaction), nameof(Interaction.EditedAt))] = Follows,
        [Of(nameof(Interaction), nameof(Interaction.DeletedById))] = Follows,
        [Of(nameof(Rating), nameof(Rating.Version))] = Grows,
        [Of(nameof(Rating), nameof(Rating.UpdatedAt))] = Follows,
        [Of(nameof(Workspace), nameof(Workspace.Version))] = Grows,
        [Of(nameof(Person), nameof(Person.UserName))] = Follows,
        [Of(nameof(Person), nameof(Person.NormalizedUserName))] = Follows,
        [Of(nameof(Person), nameof(Person.NormalizedEmail))] = Follows,
        [Of(nameof(Person), nameof(Person.SecurityStamp))] = Follows,
        [Of(nameof(Person), nameof(Person.ConcurrencyStamp))] = Grows,
        [Of(nameof(Person), nameof(Person.LastSeenAt))] = "Changes every few minutes by itself.",
        [Of(nameof(Person), nameof(Person.AccessFailedCount))] = Bookkeeping,
        [Of(nameof(Person), nameof(Person.LockoutEnd))] = Bookkeeping,
        [Of(nameof(Person), nameof(Person.LockoutEnabled))] = Bookkeeping,
        [Of(nameof(Person), nameof(Person.PhoneNumber))] = "Not used.",
        [Of(nameof(Person), nameof(Person.PhoneNumberConfirmed))] = "Not used.",
        [nameof(PersonalToken)] = Credential,
        ["IdentityUserClaim"] = Credential,
        ["IdentityUserLogin"] = Credential,
        ["IdentityUserToken"] = Credential,
        ["IdentityUserPasskey"] = Credential,
        [nameof(IdentityPasskeyData)] = Credential,
        [nameof(ProjectMember)] = "Who comes and goes is recorded as a change of the project.",
        [nameof(TaskMember)] = "Who comes and goes is recorded as a change of the task.",
    };

    /// <summary>Null for what is recorded.</summary>
    public static string? Why(IReadOnlyTypeBase type, string property) =>
        Reasons.GetValueOrDefault(NameOf(type)) ?? Reasons.GetValueOrDefault(Of(NameOf(type), property));

    /// <summary>Without the mark of generic classes.</summary>
    public static string NameOf(IReadOnlyTypeBase type) => type.ClrType.Name.Split('`')[0];

    /// <summary>Under which name a property is told. What has another name than the property is told without its values.</summary>
    public static string NameOf(string property) => property switch
    {
        nameof(Person.PasswordHash) => "Password",
        nameof(Invitation.TokenHash) => "Link",
        nameof(Webhook.SealedSecret) => "Secret",
        _ => property,
    };

    private static string Of(string type, string property) => $"{type}.{property}";
}
