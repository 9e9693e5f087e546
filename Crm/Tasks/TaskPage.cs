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

/// <summary>A button that does what was asked for although somebody else was faster.</summary>
public sealed record Retry(string Label, string Url);

/// <summary>A page that changes a task from wherever it is shown, and answers with what that place needs.</summary>
public abstract class TaskPage(CrmDb db, CurrentUser user, Clock clock) : CrmPage
{
    [BindProperty(SupportsGet = true, Name = "on")]
    public Surface On { get; set; }

    /// <summary>The version that the person saw; without it, nothing is asked about.</summary>
    [BindProperty(SupportsGet = true, Name = "version")]
    public int? Seen { get; set; }

    /// <summary>What somebody else did meanwhile, for the page that says so.</summary>
    public string? ClashWords { get; private set; }

    public Retry? Retry { get; private set; }

    public string BackUrl { get; private set; } = "/tasks";

    protected CrmDb Db => db;

    protected CurrentUser Person => user;

    protected Clock Clock => clock;

    protected Task<ProjectTask?> FindAsync(int id, CancellationToken cancel) => db.Tasks.FindVisibleAsync(id, user, cancel);

    /// <summary>The last that somebody else did to one of these fields since the person saw the task.</summary>
    protected async Task<LaterChange?> LastByOthersAsync(ProjectTask task, CancellationToken cancel, params string[] fields) =>
        (await Meanwhile.LoadAsync(db, nameof(ProjectTask), task.Id, task.Version, Seen, cancel)).LastByOthers(user.Id, fields);

    /// <summary>Says that somebody else was there first, shows how things stand, and offers to go on all the same.</summary>
    protected async Task<IActionResult> ClashAsync(ProjectTask task, LaterChange last, string words, Retry retry, CancellationToken cancel)
    {
        Response.StatusCode = StatusCodes.Status409Conflict;
        (ClashWords, Retry, BackUrl) = (words, retry, PageOf(task));
        if (!WantsFragment)
        {
            return Page();
        }

        var message = new FlashMessage(words, retry.Url, "bad", retry.Label);
        Announce(words);
        if (On is Surface.List or Surface.Board)
        {
            var seen = TaskWords.ParseStatus(last.Field == nameof(ProjectTask.Status) ? last.From?.ToLowerInvariant() : null) ?? task.Status;
            return await GroupsAsync(task, seen, message, cancel);
        }

        Response.Htmx(htmx => htmx.Retarget("#flash").Reswap("innerHTML"));
        return Fragment("_FlashMessage", message);
    }

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
