using System.Globalization;
using Crm.Projects;
using Crm.Timeline;

namespace Crm.History;

/// <summary>A change as the rollback needs it.</summary>
public sealed record PastChange(string Kind, int RecordId, string Field, string? From, string? To, Via Via);

/// <summary>Takes changes back, from the newest to the oldest, and so knows what stood where before them.</summary>
public sealed class Rollback
{
    private readonly Dictionary<(string Kind, int Id, string Field), string?> _values = [];
    private readonly HashSet<(string Kind, int Id)> _brought = [];
    private readonly List<PastChange> _memberships = [];

    /// <param name="changes">All since that moment, newest first.</param>
    public Rollback(IEnumerable<PastChange> changes)
    {
        foreach (var change in changes)
        {
            switch (change.Field)
            {
                case nameof(Project.Members):
                    _memberships.Add(change);
                    break;
                case Change.Created when change.Via == Via.Import:
                    // It may be older than its coming here, by its own account.
                    _brought.Add((change.Kind, change.RecordId));
                    break;
                default:
                    _values[(change.Kind, change.RecordId, change.Field)] = change.From;
                    break;
            }
        }
    }

    /// <summary>What a field held, as the log writes it.</summary>
    /// <param name="now">What it holds now.</param>
    public string? Of(string kind, int id, string field, string? now) => _values.TryGetValue((kind, id, field), out var was) ? was : now;

    /// <summary>False for what an import brought in only afterwards.</summary>
    public bool WasHere(string kind, int id) => !_brought.Contains((kind, id));

    /// <summary>Who was on a project.</summary>
    /// <param name="now">Who is on it now.</param>
    public HashSet<int> Members(int projectId, IEnumerable<int> now)
    {
        var members = now.ToHashSet();
        foreach (var change in _memberships.Where(c => c.Kind == nameof(Project) && c.RecordId == projectId))
        {
            if (Id(change.To) is { } came)
            {
                members.Remove(came);
            }

            if (Id(change.From) is { } left)
            {
                members.Add(left);
            }
        }

        return members;
    }

    public static int? Id(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
