using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Projects;

/// <summary>Who is on a project.</summary>
[Cacheable]
[Needs(Right.SeeProject)]
public sealed class MembersModel(CrmDb db, CurrentUser user) : CrmPage
{
    public MemberList Members { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } project)
        {
            return NotFound();
        }

        return await ShowAsync(project, null, cancel);
    }

    [Needs(Right.EditProject)]
    public Task<IActionResult> OnPostAddAsync(int id, int? personId, CancellationToken cancel) =>
        ChangeAsync(id, personId, (project, person) => project.Add(person), "Choose a person who is not on the project yet.", cancel);

    [Needs(Right.EditProject)]
    public Task<IActionResult> OnPostRemoveAsync(int id, int? personId, CancellationToken cancel) =>
        ChangeAsync(id, personId, (project, person) => project.Remove(person), null, cancel);

    /// <param name="refusal">Null for who cannot be taken off.</param>
    private async Task<IActionResult> ChangeAsync(int id, int? personId, Func<Project, int, bool> change, string? refusal, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await FindAsync(id, cancel) is not { } project)
        {
            return NotFound();
        }

        if (!project.CanBeEditedBy(user))
        {
            return NotAllowed();
        }

        if (!await db.People.AnyAsync(p => p.Id == personId, cancel) || !change(project, personId!.Value))
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ShowAsync(project, refusal ?? MemberList.WhyNotRemoved(project, personId), cancel);
        }

        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return await SavedAsync(project, cancel);
    }

    private async Task<IActionResult> SavedAsync(Project before, CancellationToken cancel)
    {
        if (await FindAsync(before.Id, cancel) is not { } project)
        {
            Say($"You have left “{before.Name}”, which only its members see.");
            return Go("/projects");
        }

        Announce("Members saved");
        return WantsFragment ? await ShowAsync(project, null, cancel) : LocalRedirect($"/projects/{project.Id}");
    }

    private async Task<IActionResult> ShowAsync(Project project, string? error, CancellationToken cancel)
    {
        Members = await MemberList.LoadAsync(db, project, project.CanBeEditedBy(user), cancel) with { Error = error };
        return Page();
    }

    /// <summary>Asked in two: in one, the database would sort everybody's membership of every project first.</summary>
    private Task<Project?> FindAsync(int id, CancellationToken cancel) =>
        db.Projects.VisibleTo(user).AsSplitQuery().Include(p => p.Members.OrderBy(m => m.Person.Name)).ThenInclude(m => m.Person)
            .FirstOrDefaultAsync(p => p.Id == id, cancel);
}
