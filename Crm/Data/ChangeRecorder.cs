using System.Globalization;
using Crm.Accounts;
using Crm.Accounts.Security;
using Crm.Accounts.Tokens;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Data;

/// <summary>
/// Turns what is about to be saved into rows of history, whichever way it came in: a row per field that changes, and one for a
/// record that comes or goes. What stays out of it, and why, stands in <see cref="Untold"/>.
/// </summary>
/// <remarks>
/// Only what passes through the change tracker is seen. <c>ExecuteUpdate</c>, <c>ExecuteDelete</c> and raw inserts are
/// therefore for bookkeeping alone (sessions, when somebody was last seen, worn-out imports), for demonstrations, and to forget
/// what is personal of somebody who was deleted.
/// </remarks>
internal sealed class ChangeRecorder(CrmDb db, Actor actor, DateTime now)
{
    private readonly List<EntityEntry> _new = [];
    private readonly List<Change> _rows = [];
    private readonly Dictionary<int, int?> _projects = [];

    /// <summary>Something is new and has no id yet: <see cref="RecordNew"/> is to be called once it has been saved.</summary>
    public bool HasNew => _new.Count > 0;

    /// <summary>What is about to be saved.</summary>
    public IReadOnlyList<EntityEntry> Changed { get; private set; } = [];

    /// <summary>Before saving: what changes and what goes. Versions grow.</summary>
    public void RecordChanged()
    {
        Changed = [.. db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)];
        foreach (var entry in Changed)
        {
            if (entry.State == EntityState.Added && IsToldWhenNew(entry))
            {
                _new.Add(entry);
            }

            _rows.AddRange(Of(entry).ToList());
        }

        db.Changes.AddRange(_rows);
    }

    /// <summary>After saving: what is new, by the id that it has now.</summary>
    public void RecordNew() => db.Changes.AddRange(_new.Select(e => e.Entity switch
    {
        ITracked tracked => Row(e.Metadata.ClrType.Name, tracked.Id, ProjectOf(tracked), Change.Created, null, null, tracked.Version),
        _ => Row(e.Metadata.ClrType.Name, IdOf(e), null, Change.Created, null, null),
    }));

    /// <summary>After a failure: what was not saved did not happen.</summary>
    public void TakeBack() => _rows.ForEach(row => db.Entry(row).State = EntityState.Detached);

    /// <summary>What would be written down of one entity.</summary>
    internal IEnumerable<Change> Of(EntityEntry entry) => (entry.Entity, entry.State) switch
    {
        (ITracked tracked, EntityState.Modified) => Fields(entry, tracked.Id, ProjectOf(tracked), Grow(entry)),
        (ITracked tracked, EntityState.Deleted) => [Row(entry.Metadata.ClrType.Name, tracked.Id, tracked is Project ? null : ProjectOf(tracked), Change.Removed, null, null, tracked.Version + 1)],
        (Person or Invitation, EntityState.Modified) => Fields(entry, IdOf(entry), null, 0),
        (Person or Invitation, EntityState.Deleted) => [Row(entry.Metadata.ClrType.Name, IdOf(entry), null, Change.Removed, null, null)],
        (ProjectMember member, _) => Membership(entry, nameof(Project), member.ProjectId, member.PersonId, () => member.ProjectId),
        (TaskMember member, _) => Membership(entry, nameof(ProjectTask), member.TaskId, member.PersonId, () => ProjectOfTask(member.TaskId)),
        (IdentityUserLogin<int> login, _) => Credential(entry, login.UserId, "Login", login.ProviderDisplayName ?? login.LoginProvider),
        (IdentityUserPasskey<int> passkey, _) => Credential(entry, passkey.UserId, "Passkey", passkey.Data?.Name),
        (PersonalToken token, _) => Credential(entry, token.PersonId, nameof(PersonalToken), token.Name),
        (IdentityPasskeyData, EntityState.Modified) => PasskeyName(entry),
        (IdentityUserToken<int> { Name: SecondFactors.LastStep }, _) => [], // moves with each code; the sign-in history tells of it
        (IdentityUserToken<int> token, _) => Credential(entry, token.UserId, token.Name, null, isToldWhenChanged: true),
        (IdentityUserClaim<int> claim, _) => Credential(entry, claim.UserId, "Claim", claim.ClaimType, isToldWhenChanged: true),
        _ => [],
    };

    private static bool IsToldWhenNew(EntityEntry entry) => entry.Entity is ITracked or Person or Invitation;

    private static int Grow(EntityEntry entry)
    {
        var version = entry.Property(nameof(ITracked.Version));
        var grown = (int)version.OriginalValue! + 1;
        version.CurrentValue = grown;
        return grown;
    }

    private IEnumerable<Change> Fields(EntityEntry entry, int recordId, int? projectId, int version) =>
        from field in entry.Properties
        where field.IsModified && Untold.Why(entry.Metadata, field.Metadata.Name) is null
        let name = Untold.NameOf(field.Metadata.Name)
        let isSecret = name != field.Metadata.Name || IsForgotten(entry.Entity, name)
        let values = (From: Text(field.OriginalValue), To: Text(field.CurrentValue))
        where values.From != values.To
        select Row(entry.Metadata.ClrType.Name, recordId, projectId, name, isSecret ? null : values.From, isSecret ? null : values.To, version);

    /// <summary>Nothing personal is kept of a former member: also not in the log of their leaving.</summary>
    private static bool IsForgotten(object entity, string field) =>
        entity is Person { DeletedAt: not null } && field is not (nameof(Person.DeletedAt) or nameof(Person.DisabledAt) or nameof(Person.Role));

    private IEnumerable<Change> Membership(EntityEntry entry, string kind, int recordId, int personId, Func<int?> project)
    {
        // The first members of a new record are part of its making.
        if (recordId <= 0 || entry.State is not (EntityState.Added or EntityState.Deleted))
        {
            yield break;
        }

        var person = personId.ToString(CultureInfo.InvariantCulture);
        yield return Row(kind, recordId, project(), nameof(Project.Members), entry.State == EntityState.Deleted ? person : null, entry.State == EntityState.Added ? person : null);
    }

    /// <summary>That a way to sign in came, changed or went; never what it is made of.</summary>
    private IEnumerable<Change> Credential(EntityEntry entry, int personId, string field, string? name, bool isToldWhenChanged = false)
    {
        // A passkey counts its uses, which is no change.
        if (personId > 0 && (entry.State != EntityState.Modified || isToldWhenChanged))
        {
            const string Nameless = "set";
            yield return Row(
                nameof(Person),
                personId,
                null,
                field,
                entry.State == EntityState.Added ? null : name ?? Nameless,
                entry.State == EntityState.Deleted ? null : name ?? Nameless);
        }
    }

    private IEnumerable<Change> PasskeyName(EntityEntry entry)
    {
        var name = entry.Property(nameof(IdentityPasskeyData.Name));
        var owner = db.ChangeTracker.Entries<IdentityUserPasskey<int>>().FirstOrDefault(p => ReferenceEquals(p.Entity.Data, entry.Entity));
        return owner is null || Equals(name.OriginalValue, name.CurrentValue)
            ? []
            : [Row(nameof(Person), owner.Entity.UserId, null, "Passkey", Text(name.OriginalValue), Text(name.CurrentValue))];
    }

    private Change Row(string kind, int recordId, int? projectId, string field, string? from, string? to, int version = 0) => new()
    {
        At = now,
        // Who is not signed in changes their own account at most: by registering, or by a link that they were sent.
        PersonId = actor.PersonId ?? (kind == nameof(Person) && actor.Via == Via.Web ? recordId : null),
        Via = actor.Via,
        Kind = kind,
        RecordId = recordId,
        ProjectId = projectId,
        Field = field,
        From = from,
        To = to,
        Version = version,
    };

    private int? ProjectOf(ITracked record) => record.ProjectId ?? record switch
    {
        Checklist checklist => ProjectOfTask(checklist.TaskId),
        ChecklistItem item => ProjectOfTask(item.Checklist?.TaskId
            ?? db.Checklists.IgnoreQueryFilters().Where(c => c.Id == item.ChecklistId).Select(c => c.TaskId).FirstOrDefault()),
        _ => null,
    };

    private int? ProjectOfTask(int taskId)
    {
        if (!_projects.TryGetValue(taskId, out var project))
        {
            project = db.Tasks.IgnoreQueryFilters().Where(t => t.Id == taskId).Select(t => (int?)t.ProjectId).FirstOrDefault();
            _projects[taskId] = project;
        }

        return project;
    }

    private static int IdOf(EntityEntry entry) => (int)entry.Property("Id").CurrentValue!;

    /// <summary>A value as the log writes it.</summary>
    internal static string? Text(object? value) => value switch
    {
        null => null,
        IEnumerable<string> list => string.Join(", ", list),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
