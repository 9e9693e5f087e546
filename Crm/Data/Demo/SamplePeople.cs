using Crm.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Crm.Data.Demo;

/// <summary>The people of the sample data, once their projects are gone.</summary>
internal static class SamplePeople
{
    public static async Task RemoveAsync(CrmDb db, string from, string before, DateTime now, CancellationToken cancel)
    {
        // Whoever was invited meanwhile and came is somebody real.
        var people = db.People.Where(p => string.Compare(p.ImportKey, from) > 0 && string.Compare(p.ImportKey, before) < 0 && p.JoinedAt == null);
        var idle = await Idle(db, people).Select(p => p.Id).ToListAsync(cancel);
        await db.Changes.Where(c => c.Kind == nameof(Person) && idle.Contains(c.RecordId)).ExecuteDeleteAsync(cancel);
        await db.People.Where(p => idle.Contains(p.Id)).ExecuteDeleteAsync(cancel);
        foreach (var person in await people.Where(p => p.DisabledAt == null).ToListAsync(cancel))
        {
            person.Disable(now);
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Those to whom nothing refers.</summary>
    private static IQueryable<Person> Idle(CrmDb db, IQueryable<Person> people) => people.Where(p =>
        !db.Projects.IgnoreQueryFilters().Any(x => x.OwnerId == p.Id || x.CreatedById == p.Id)
        && !db.ProjectMembers.Any(x => x.PersonId == p.Id)
        && !db.Tasks.IgnoreQueryFilters().Any(x => x.AssigneeId == p.Id || x.CreatedById == p.Id)
        && !db.TaskMembers.Any(x => x.PersonId == p.Id)
        && !db.Interactions.Any(x => x.AuthorId == p.Id)
        && !db.Ratings.Any(x => x.PersonId == p.Id)
        && !db.Changes.Any(x => x.PersonId == p.Id)
        && !db.Imports.Any(x => x.StartedById == p.Id)
        && !db.Invitations.Any(x => x.PersonId == p.Id || x.InvitedById == p.Id));
}
