using System.Security.Cryptography;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Webhooks;

/// <summary>
/// Puts what is about to be saved into the outbox of the webhooks that are told of it, in the same transaction: an event is sent
/// exactly when its change was kept.
/// </summary>
internal sealed class EventRecorder(CrmDb db, Actor actor, Subscriptions subscriptions, DateTime now)
{
    private readonly List<Happening> _happenings = [];
    private readonly List<(Type Kind, int Id, FieldChange Change)> _members = [];
    private readonly List<WebhookDelivery> _deliveries = [];

    /// <summary>Something is to be told: <see cref="Write"/> is to be called once it has been saved.</summary>
    public bool HasAny => _happenings.Count + _members.Count > 0;

    /// <summary>Before saving.</summary>
    public void Collect(IReadOnlyList<EntityEntry> changed)
    {
        var active = subscriptions.Active;
        if (active.Count == 0)
        {
            return;
        }

        foreach (var entry in changed)
        {
            _happenings.AddRange(Happening.Of(entry).Where(h => active.Any(s => s.Takes(h.Event))));
            Collect(entry);
        }
    }

    /// <summary>After saving, when everything has its id.</summary>
    public void Write()
    {
        _happenings.AddRange(Memberships());
        var payloads = new WebhookPayload(subscriptions, new RecordData(db, [.. _happenings.Select(h => h.Record)]), actor.Via, now);
        var names = Names();
        foreach (var happening in _happenings)
        {
            var takers = subscriptions.Active.Where(s => s.Takes(happening.Event)).ToList();
            if (takers.Count > 0)
            {
                var id = NewMessageId();
                var who = Who(happening.Record);
                var payload = payloads.Of(happening, who, who is { } person ? names.GetValueOrDefault(person) : null);
                _deliveries.AddRange(takers.Select(t => WebhookDelivery.Of(t.WebhookId, id, happening.Event, payload, now)));
            }
        }

        db.AddRange(_deliveries);
    }

    /// <summary>After a failure: what was not saved did not happen.</summary>
    public void TakeBack() => _deliveries.ForEach(row => db.Entry(row).State = EntityState.Detached);

    public static string NewMessageId() => "msg_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private void Collect(EntityEntry entry)
    {
        // The first members of a new record are part of its making.
        var (kind, id, person) = entry.Entity switch
        {
            ProjectMember member => (typeof(Project), member.ProjectId, member.PersonId),
            TaskMember member => (typeof(ProjectTask), member.TaskId, member.PersonId),
            _ => (typeof(object), 0, 0),
        };
        if (id > 0 && entry.State is (EntityState.Added or EntityState.Deleted))
        {
            _members.Add((kind, id, new FieldChange(nameof(Project.Members), entry.State == EntityState.Deleted ? person : null, entry.State == EntityState.Added ? person : null)));
        }
    }

    private List<Happening> Memberships()
    {
        var records = Load(db.Projects, p => p.Id).Concat(Load(db.Tasks, t => t.Id));
        return [.. records.Select(r => Happening.OfMembers(r.Record, _members.Where(m => m.Kind == r.Record.GetType() && m.Id == r.Id).Select(m => m.Change)))];
    }

    private IEnumerable<(object Record, int Id)> Load<T>(DbSet<T> all, Func<T, int> idOf)
        where T : class
    {
        var wanted = _members.Where(m => m.Kind == typeof(T)).Select(m => m.Id).Distinct().ToList();
        var here = db.ChangeTracker.Entries<T>().Select(e => e.Entity).Where(e => wanted.Contains(idOf(e))).ToList();
        var missing = wanted.Except(here.Select(idOf)).ToList();
        return here.Concat(missing.Count == 0 ? [] : [.. all.IgnoreQueryFilters().AsNoTracking().Where(e => missing.Contains(EF.Property<int>(e, "Id")))])
            .Select(e => ((object)e, idOf(e)));
    }

    private int? Who(object record) => actor.PersonId ?? (record is Person person && actor.Via == Via.Web ? person.Id : null);

    private Dictionary<int, string> Names()
    {
        var ids = _happenings.Select(h => Who(h.Record)).OfType<int>().Distinct().ToList();
        return ids.Count == 0 ? [] : db.People.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionary(p => p.Id, p => p.Name);
    }
}
