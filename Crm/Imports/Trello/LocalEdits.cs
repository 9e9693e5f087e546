using Crm.Data;
using Crm.Projects;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports.Trello;

/// <summary>What people changed here since the last import; their words win over the file's.</summary>
internal sealed class LocalEdits
{
    private readonly HashSet<(string Kind, int Id, string Field)> _fields = [];
    private readonly HashSet<(string Kind, int Id, string Person)> _members = [];

    public async Task ReadAsync<T>(CrmDb db, IReadOnlyCollection<int> ids, CancellationToken cancel)
        where T : ITracked
    {
        if (ids.Count == 0)
        {
            return;
        }

        var kind = typeof(T).Name;
        var changes = db.Changes.AsNoTracking()
            .Where(c => c.Kind == kind && ids.Contains(c.RecordId) && c.Via != Via.Import)
            .Select(c => new { c.RecordId, c.Field, c.From, c.To });
        foreach (var change in await changes.ToListAsync(cancel))
        {
            if (change.Field == nameof(Project.Members))
            {
                _members.Add((kind, change.RecordId, change.From ?? change.To ?? ""));
            }

            _fields.Add((kind, change.RecordId, change.Field));
        }
    }

    public bool Touch<T>(T record, string field)
        where T : ITracked => _fields.Contains((typeof(T).Name, record.Id, field));

    /// <summary>Somebody was added or taken off here.</summary>
    public bool TouchMember<T>(T record, int personId)
        where T : ITracked =>
        _members.Contains((typeof(T).Name, record.Id, personId.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Sets a field to what the file says, unless it says the same or somebody changed the field here.</summary>
    public void Set<T, TValue>(T record, string field, TValue current, TValue wanted, Action<TValue> set)
        where T : ITracked
    {
        if (!EqualityComparer<TValue>.Default.Equals(current, wanted) && !Touch(record, field))
        {
            set(wanted);
        }
    }
}
