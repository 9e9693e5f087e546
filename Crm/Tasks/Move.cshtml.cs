using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Tasks;

/// <summary>Moves a task to another status, or to another place in its own.</summary>
[Needs(Right.EditTask)]
public sealed class MoveModel(CrmDb db, CurrentUser user, Clock clock) : TaskPage(db, user, clock)
{
    [Needs(Right.SeeLists)]
    public IActionResult OnGet(int id) => LocalRedirect($"/tasks/{id}/actions");

    /// <param name="status">The new status; without it, the present one.</param>
    /// <param name="before">The task that it shall stand before.</param>
    /// <param name="after">The task that it shall stand after.</param>
    /// <param name="to"><c>up</c>, <c>down</c>, <c>top</c>, <c>next</c> or <c>previous</c> (status).</param>
    public async Task<IActionResult> OnPostAsync(int id, string? status, int? before, int? after, string? to, CancellationToken cancel)
    {
        await using var write = await Db.BeginWriteAsync(cancel);
        if (await FindAsync(id, cancel) is not { } task)
        {
            return await GoneAsync<ProjectTask>(Db, id, cancel);
        }

        if (!task.CanBeEditedBy(Person))
        {
            return NotAllowed();
        }

        if (await LastByOthersAsync(task, cancel, nameof(ProjectTask.Status), nameof(ProjectTask.Position)) is { } last)
        {
            return await ClashAsync(task, last, Elsewhere(task, last), new Retry("Move it all the same", Again(id, status, before, after, to)), cancel);
        }

        var was = task.Status;
        if (!string.IsNullOrEmpty(status) && TaskWords.ParseStatus(status) is null)
        {
            return Decline("There is no such status. Load the page again, please.");
        }

        var move = new MoveTask { Status = TaskWords.ParseStatus(status), Before = before, After = after, To = TaskWords.ParseStep(to) };
        if (!ModelState.IsValid || !await Db.MoveAsync(task, move, Clock.Now, cancel))
        {
            return Decline("The task did not move: the one beside it has gone elsewhere. Load the page again, please.");
        }

        await Db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return await AnswerAsync(task, was, Words(task, was, to), cancel);
    }

    private string Elsewhere(ProjectTask task, LaterChange last) =>
        $"{last.Who} moved “{task.Title}” {(last.Field == nameof(ProjectTask.Status) ? $"to {task.Status.Label()}" : $"within {task.Status.Label()}")} {Clock.Ago(last.At)}. It stays there: nothing was changed.";

    /// <summary>The same move, whatever happened meanwhile.</summary>
    private string Again(int id, string? status, int? before, int? after, string? to)
    {
        var query = new Dictionary<string, string?>
        {
            ["on"] = On.ToString().ToLowerInvariant(),
            ["status"] = status,
            ["before"] = before?.ToString(CultureInfo.InvariantCulture),
            ["after"] = after?.ToString(CultureInfo.InvariantCulture),
            ["to"] = to,
        };
        return $"/tasks/{id}/move" + QueryString.Create(query.Where(q => q.Value is not null));
    }

    private static string Words(ProjectTask task, TaskStatus was, string? to) => (task.Status != was, to) switch
    {
        (true, _) => $"“{task.Title}” moved to {task.Status.Label()}.",
        (_, "up" or "down") => $"“{task.Title}” moved {to}.",
        (_, "top") => $"“{task.Title}” moved to the top.",
        _ => $"“{task.Title}” moved.",
    };
}
