using System.Globalization;
using Crm.Accounts;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Data;

/// <summary>Turns what is about to be saved into rows of history.</summary>
internal static class ChangeRecorder
{
    // A place in a list says nothing that a person would look for; the others are bookkeeping of the change itself.
    private static readonly HashSet<string> Silent =
        [nameof(ITracked.Version), nameof(ProjectTask.Position), nameof(ProjectTask.CompletedAt), nameof(Interaction.EditedAt), nameof(Project.SortName), "UpdatedAt"];

    // Of an account only what others see of it: never hashes, stamps and counters.
    private static readonly HashSet<string> AboutAccounts =
        [nameof(Person.Name), nameof(Person.Email), nameof(Person.Role), nameof(Person.DisabledAt)];

    public static List<Change> Record(IEnumerable<EntityEntry> entries, Actor actor, DateTime now)
    {
        List<Change> changes = [];
        foreach (var entry in entries.ToList())
        {
            changes.AddRange(entry.Entity switch
            {
                ITracked tracked when entry.State == EntityState.Modified => Fields(entry, tracked, actor, now),
                Person person when entry.State == EntityState.Modified => Account(entry, person, actor, now),
                Rating rating when entry.State == EntityState.Deleted => [Withdrawal(rating, actor, now)],
                ProjectMember member => Membership(entry, nameof(Project), member.ProjectId, member.PersonId, member.ProjectId, actor, now),
                TaskMember member => Membership(entry, nameof(ProjectTask), member.TaskId, member.PersonId, null, actor, now),
                _ => [],
            });
        }

        return changes;
    }

    private static IEnumerable<Change> Fields(EntityEntry entry, ITracked tracked, Actor actor, DateTime now)
    {
        var version = entry.Property(nameof(ITracked.Version));
        version.CurrentValue = tracked.Version + 1;
        return entry.Properties
            .Where(p => p.IsModified && !Silent.Contains(p.Metadata.Name))
            .Select(p => Field(p, tracked.Id, tracked.ProjectId, tracked.Version, actor, now))
            .ToList();
    }

    private static IEnumerable<Change> Account(EntityEntry entry, Person person, Actor actor, DateTime now) =>
        entry.Properties
            .Where(p => AboutAccounts.Contains(p.Metadata.Name) && !Equals(p.OriginalValue, p.CurrentValue))
            .Select(p => Field(p, person.Id, null, 0, actor, now))
            .ToList();

    private static Change Field(PropertyEntry field, int recordId, int? projectId, int version, Actor actor, DateTime now) => new()
    {
        At = now,
        PersonId = actor.PersonId,
        Via = actor.Via,
        Kind = field.EntityEntry.Metadata.ClrType.Name,
        RecordId = recordId,
        ProjectId = projectId,
        Field = field.Metadata.Name,
        From = Text(field.OriginalValue),
        To = Text(field.CurrentValue),
        Version = version,
    };

    private static Change Withdrawal(Rating rating, Actor actor, DateTime now) => new()
    {
        At = now,
        PersonId = actor.PersonId,
        Via = actor.Via,
        Kind = nameof(Rating),
        RecordId = rating.Id,
        ProjectId = rating.ProjectId,
        Field = nameof(Rating.Stars),
        From = Text(rating.Stars),
        Version = rating.Version + 1,
    };

    private static IEnumerable<Change> Membership(EntityEntry entry, string kind, int recordId, int personId, int? projectId, Actor actor, DateTime now)
    {
        // A record that is new itself has no id yet, and its first members are part of its making.
        if (recordId <= 0 || entry.State is not (EntityState.Added or EntityState.Deleted))
        {
            yield break;
        }

        var person = personId.ToString(CultureInfo.InvariantCulture);
        yield return new Change
        {
            At = now,
            PersonId = actor.PersonId,
            Via = actor.Via,
            Kind = kind,
            RecordId = recordId,
            ProjectId = projectId,
            Field = nameof(Project.Members),
            From = entry.State == EntityState.Deleted ? person : null,
            To = entry.State == EntityState.Added ? person : null,
        };
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        IEnumerable<string> list => string.Join(", ", list),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
