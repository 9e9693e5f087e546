using Crm.Accounts;
using Crm.Data;

namespace Crm.Projects;

/// <summary>Who can be given work in a project.</summary>
public static class ProjectPeople
{
    /// <summary>The team; in a private project those of it who are members, because nobody else would see the work.</summary>
    /// <param name="presentId">Whoever has it now.</param>
    public static IQueryable<Person> Assignable(this CrmDb db, Project project, int? presentId = null) =>
        project.Visibility == ProjectVisibility.Team
            ? db.People.Assignable(presentId)
            : db.People.Assignable(presentId)
                .Where(p => p.Id == presentId || db.ProjectMembers.Any(m => m.ProjectId == project.Id && m.PersonId == p.Id));
}
