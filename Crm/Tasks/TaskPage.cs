using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Shared;
using Crm.Web;
using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>What mends a list or a board after a change: the groups that differ, the project's figures, and perhaps a message.</summary>
public sealed record TaskAnswer(IReadOnlyList<TaskGroup> Groups, ProjectRow Figures, FlashMessage? Message);

/// <summary>A page that changes a task from wherever it is shown, and answers with what that place needs.</summary>
public abstract class TaskPage(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    [BindProperty(SupportsGet = true, Name = "on")]
    public Surface On { get; set; }

    protected CrmDb Db => db;

    protected CurrentUser Person => user;

    protected Clock Clock => clock;

    protected Task<ProjectTask?> FindAsync(int id, CancellationToken cancel) => db.Tasks.FindVisibleAsync(id, user, cancel);

    /// <summary>Shows what was done where it was asked for.</summary>
    /// <param name="before">The status that the task had.</param>
    /// <param name="undoUrl">Given when it should be possible to take it back by one button.</param>
    protected async Task<IActionResult> AnswerAsync(ProjectTask task, TaskStatus before, string words, CancellationToken cancel, string? undoUrl = null)
    {
        if (!WantsFragment || On == Surface.Page)
        {
            Say(words, undoUrl);
            return Go(PageOf(task));
        }

        var message = undoUrl is null ? null : new FlashMessage(words, undoUrl);
        Announce(words);
        db.ChangeTracker.Clear();
        return On == Surface.Search ? await RowAsync(task, message, cancel) : await GroupsAsync(task, before, message, cancel);
    }

    private async Task<IActionResult> GroupsAsync(ProjectTask task, TaskStatus before, FlashMessage? message, CancellationToken cancel)
    {
        Response.Htmx(htmx => htmx.WithTrigger("moved", new { task = task.Id }));
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == task.ProjectId, cancel);
        var list = await TaskList.LoadAsync(db, project, user, On, cancel, [.. new[] { before, task.Status }.Distinct()]);
        return Fragment("/Tasks/_Answer.cshtml", new TaskAnswer(list.Groups, await FiguresAsync(project.Id, cancel), message));
    }

    private async Task<IActionResult> RowAsync(ProjectTask task, FlashMessage? message, CancellationToken cancel)
    {
        var row = await db.Tasks.VisibleTo(user).Where(t => t.Id == task.Id && t.ArchivedAt == null).AsRows().FirstOrDefaultAsync(cancel);
        Response.Htmx(htmx => htmx.Retarget($"#task-{task.Id}").Reswap(row is null ? "delete" : "outerHTML"));
        return row is not null
            ? Fragment("/Tasks/_Row.cshtml", new TaskView(row, On, row.IsOpenToChange && user.IsTeam))
            : Fragment("/Tasks/_Message.cshtml", message!);
    }

    protected Task<ProjectRow> FiguresAsync(int projectId, CancellationToken cancel) =>
        db.Projects.Where(p => p.Id == projectId).AsRows(user, clock.Today).FirstAsync(cancel);

    private string PageOf(ProjectTask task) => On switch
    {
        Surface.List => $"/projects/{task.ProjectId}#task-{task.Id}",
        Surface.Board => $"/projects/{task.ProjectId}/board#task-{task.Id}",
        Surface.Search => SearchUrl,
        _ when task.DeletedAt is not null => $"/projects/{task.ProjectId}",
        _ => $"/tasks/{task.Id}",
    };

    /// <summary>The same filter and page as before.</summary>
    private string SearchUrl =>
        Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value && from.AbsolutePath == "/tasks"
            ? from.PathAndQuery
            : "/tasks";
}
