using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>The line in which new tasks are typed.</summary>
/// <param name="HasFocus">The person is about to type the next one.</param>
public sealed record NewTask(int ProjectId, Surface On, string Title = "", string? Error = null, bool HasFocus = false)
{
    public string Url => $"/projects/{ProjectId}/tasks?on={On.ToString().ToLowerInvariant()}";
}

/// <summary>Adds a task by its title at the end of what is to do.</summary>
[Needs(Right.EditProject)]
public sealed class AddModel(CrmDb db, CurrentUser user, Clock clock) : TaskPage(db, user, clock)
{
    private static readonly LineAttribute Rule = new(ProjectTask.TitleLength) { Required = true };

    public Project Project { get; private set; } = null!;

    public NewTask New { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancel) =>
        await PrepareAsync(id, "", cancel) ?? Page();

    public async Task<IActionResult> OnPostAsync(int id, string? title, CancellationToken cancel)
    {
        await using var write = await Db.BeginWriteAsync(cancel);
        if (await PrepareAsync(id, title, cancel) is { } refusal)
        {
            return refusal;
        }

        if (Rule.Check(title, "Title") is { } error)
        {
            New = New with { Error = error };
            return Mistaken();
        }

        var task = ProjectTask.Create(id, Typed.Line(title), await Db.EndAsync(id, TaskStatus.ToDo, cancel), Person.Id, Clock.Now);
        Db.Tasks.Add(task);
        await Db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return WantsFragment ? await AddedAsync(task, cancel) : LocalRedirect($"/projects/{id}{(On == Surface.Board ? "/board" : "")}?add=1");
    }

    private async Task<IActionResult?> PrepareAsync(int id, string? title, CancellationToken cancel)
    {
        if (await Db.Projects.VisibleTo(Person).FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } project)
        {
            return NotFound();
        }

        (Project, New) = (project, new NewTask(id, On, title ?? "", HasFocus: true));
        return project.CanBeEditedBy(Person) ? null : NotAllowed();
    }

    private IActionResult Mistaken()
    {
        if (!WantsFragment)
        {
            return Invalid();
        }

        Response.Htmx(htmx => htmx.Retarget("#add-task").Reswap("outerHTML"));
        return InvalidFragment("/Tasks/_Add.cshtml", New);
    }

    private async Task<IActionResult> AddedAsync(ProjectTask task, CancellationToken cancel)
    {
        var row = await Db.Tasks.Where(t => t.Id == task.Id).AsRows().FirstAsync(cancel);
        var figures = await FiguresAsync(task.ProjectId, cancel);
        var count = await Db.Tasks.CountAsync(t => t.ProjectId == task.ProjectId && t.ArchivedAt == null && t.Status == TaskStatus.ToDo, cancel);
        Announce($"Added “{task.Title}”");
        return Fragment("/Tasks/_Added.cshtml", new TaskAdded(new TaskView(row, On, CanEdit: true), count, figures));
    }
}

/// <summary>A new row or card, and the figures that it changes.</summary>
public sealed record TaskAdded(TaskView View, int Count, ProjectRow Figures);
