using Crm.Admin;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Webhooks;

namespace Crm.History;

/// <summary>Puts a value back; takes it as the log holds it and says why it cannot be, or null.</summary>
public delegate Task<string?> PutBack(string? value, CancellationToken cancel);

/// <summary>One value of one record: how it stands, and what it takes to put another one there.</summary>
/// <param name="Name">Of the record.</param>
/// <param name="Url">Where it stands.</param>
/// <param name="MayChange">The reader may change it now.</param>
/// <param name="Current">As the log would hold it.</param>
/// <param name="Obstacle">Why it cannot be changed by anybody now, or null.</param>
/// <param name="IsTooLate">It was deleted so long ago that it is not brought back.</param>
public sealed record Restorable(string Name, string Url, bool MayChange, string? Current, string? Obstacle, bool IsTooLate, PutBack PutBack)
{
    private static readonly Dictionary<string, HashSet<string>> Fields = new(StringComparer.Ordinal)
    {
        [nameof(Project)] =
        [
            .. ProjectFields.All.Select(f => f.Property),
            nameof(Project.Visibility), nameof(Project.Members), nameof(Project.ArchivedAt), nameof(Project.DeletedAt),
        ],
        [nameof(ProjectTask)] =
        [
            .. TaskFields.All.Select(f => f.Property),
            nameof(ProjectTask.Audience), nameof(ProjectTask.Members), nameof(ProjectTask.Position), nameof(ProjectTask.ArchivedAt), nameof(ProjectTask.DeletedAt),
        ],
        [nameof(Checklist)] = [nameof(Checklist.Name), nameof(Checklist.DeletedAt)],
        [nameof(ChecklistItem)] = [nameof(ChecklistItem.Text), nameof(ChecklistItem.IsDone), nameof(ChecklistItem.DeletedAt)],
        [nameof(Interaction)] = [nameof(Interaction.Body), nameof(Interaction.Audience), nameof(Interaction.DeletedAt)],
        [nameof(Rating)] = [nameof(Rating.Stars), nameof(Rating.Comment), nameof(Rating.DeletedAt)],
        [nameof(Workspace)] = [nameof(Workspace.Name), nameof(Workspace.TimeZone), nameof(Workspace.Registration), nameof(Workspace.Address)],
        // Where it leads and what it is told of is for a page that asks who is there.
        [nameof(Webhook)] = [nameof(Webhook.Name), nameof(Webhook.DeletedAt)],
        [nameof(Accounts.Person)] = [nameof(Accounts.Person.Name)],
    };

    /// <summary>Accounts and invitations are changed where their guards stand: on their own pages.</summary>
    public static bool Covers(string kind, string field) => Fields.GetValueOrDefault(kind)?.Contains(field) == true;

    /// <summary>Two values of a field that mean the same. Of a moment only matters whether it has come.</summary>
    public static bool AreSame(string field, string? one, string? other) => IsMoment(field)
        ? one is null == other is null
        : (one ?? "") == (other ?? "");

    public static bool IsMoment(string field) => field is nameof(Project.ArchivedAt) or nameof(Project.DeletedAt);
}
