using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Feedback;
using Crm.History;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web;
using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Projects;

/// <summary>The project's page, and what can be done with a project as a whole.</summary>
[Cacheable]
[Needs(Right.SeeProject)]
public sealed class DetailsModel(CrmDb db, CurrentUser user, Clock clock, WorkspaceCache workspace) : CrmPage
{
    public ProjectHeader Header { get; private set; } = null!;

    public MemberList Members { get; private set; } = null!;

    public TaskList Tasks { get; private set; } = null!;

    public Conversation Conversation { get; private set; } = null!;

    /// <summary>Null for clients.</summary>
    public RatingsCard? Ratings { get; private set; }

    /// <summary>Set when the page is asked for as it stood on a day.</summary>
    public ProjectPast? Past { get; private set; }

    /// <param name="asOf">A day at whose end the project is to be shown, such as <c>2026-03-01</c>.</param>
    public async Task<IActionResult> OnGetAsync(int id, string? asOf, CancellationToken cancel)
    {
        if (asOf is not null)
        {
            return await ShowPastAsync(id, asOf, cancel);
        }

        if (await ProjectHeader.LoadAsync(db, id, user, clock, "list", cancel) is not { } header)
        {
            return NotFound();
        }

        Header = header;
        Members = await MemberList.LoadAsync(db, header.Project, header.CanEdit, cancel);
        Tasks = await TaskList.LoadAsync(db, header.Project, user, Surface.List, cancel);
        Conversation = await Conversation.LoadAsync(db, ThreadPlace.Of(header.Project, user), user, clock, cancel);
        Ratings = header.IsForTeam ? await RatingsCard.LoadAsync(db, id, header.Project.CanBeRatedBy(user), user, cancel) : null;
        return Page();
    }

    private async Task<IActionResult> ShowPastAsync(int id, string asOf, CancellationToken cancel)
    {
        if (await db.Projects.AsNoTracking().VisibleTo(user).FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } project)
        {
            return NotFound();
        }

        if (!project.ShowsInsideTo(user))
        {
            return NotAllowed();
        }

        var today = clock.Today;
        if (!Day.TryParse(asOf, out var day))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            Past = ProjectPast.Unreadable(project, today, $"“{(asOf.Length > 40 ? asOf[..40] + "…" : asOf)}” is not a day. Write it as {Day.Text(today)}, or choose one.");
            return Page();
        }

        Past = await ProjectPast.LoadAsync(db, project, day > today ? today : day, workspace.Current, cancel);
        return Past is null ? NotFound() : Page();
    }

    [Needs(Right.KeepProject)]
    public Task<IActionResult> OnPostArchiveAsync(int id, CancellationToken cancel) =>
        ActAsync(id, p => p.Archive(clock.Now), p => Say($"Archived “{p.Name}”.", $"/projects/{id}?handler=BringBack"), cancel);

    [Needs(Right.KeepProject)]
    public Task<IActionResult> OnPostBringBackAsync(int id, CancellationToken cancel) =>
        ActAsync(id, p => p.BringBack(), p => Say($"Brought “{p.Name}” back."), cancel);

    [Needs(Right.KeepProject)]
    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel)
    {
        var result = await ActAsync(id, p => p.Delete(clock.Now), p => Say($"Deleted “{p.Name}”.", $"/projects/{id}?handler=Restore"), cancel);
        return result is LocalRedirectResult ? LocalRedirect("/projects") : result;
    }

    [Needs(Right.KeepProject)]
    public Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancel) =>
        ActAsync(id, p => p.Restore(), p => Say($"“{p.Name}” is there again."), cancel, db.Projects.IgnoreQueryFilters());

    private async Task<IActionResult> ActAsync(int id, Action<Project> act, Action<Project> say, CancellationToken cancel, IQueryable<Project>? among = null)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await (among ?? db.Projects).VisibleTo(user).FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } project)
        {
            return NotFound();
        }

        if (!project.CanBeKeptBy(user))
        {
            return NotAllowed();
        }

        if (Trash.IsOver(project.DeletedAt, clock.Now))
        {
            return Refuse(StatusCodes.Status410Gone, Trash.TooLate(project.Name));
        }

        act(project);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        say(project);
        return LocalRedirect($"/projects/{id}");
    }
}
