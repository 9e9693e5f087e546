using Crm.Accounts;
using Crm.Data;
using Crm.History;
using Crm.Timeline;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>Archives a task, deletes it, brings it back; and sets its priority from a menu.</summary>
[Needs(Right.EditTask)]
public sealed class LifecycleModel(CrmDb db, CurrentUser user, Clock clock) : TaskPage(db, user, clock)
{
    [Needs(Right.SeeLists)]
    public IActionResult OnGet(int id) => LocalRedirect($"/tasks/{id}");

    public Task<IActionResult> OnPostPriorityAsync(int id, string? priority, CancellationToken cancel) =>
        TaskWords.ParsePriority(priority) is { } wanted
            ? ActAsync(id, t => t.Prioritize(wanted), t => $"“{t.Title}” has priority {wanted.Slug()}.", cancel, clashing: nameof(ProjectTask.Priority))
            : Task.FromResult(Decline("There is no such priority."));

    public Task<IActionResult> OnPostArchiveAsync(int id, CancellationToken cancel) =>
        ActAsync(id, t => t.Archive(Clock.Now), t => $"Archived “{t.Title}”.", cancel, undo: "bringback");

    public Task<IActionResult> OnPostAudienceAsync(int id, string? audience, CancellationToken cancel) =>
        TaskWords.ParseAudience(audience) is { } wanted
            ? ActAsync(id, t => t.ShowTo(wanted), t => $"“{t.Title}” is {wanted.Label().ToLowerInvariant()}.", cancel, clashing: nameof(ProjectTask.Audience))
            : Task.FromResult(Decline("There is no such audience."));

    [Needs(Right.KeepTask)]
    public Task<IActionResult> OnPostBringBackAsync(int id, CancellationToken cancel) =>
        ActAsync(id, t => t.BringBack(), t => $"“{t.Title}” is back.", cancel, fromAway: true);

    public Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancel) =>
        ActAsync(id, t => t.Delete(Clock.Now), t => $"Deleted “{t.Title}”.", cancel, undo: "restore");

    [Needs(Right.KeepTask)]
    public Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancel) =>
        ActAsync(id, t => t.Restore(), t => $"“{t.Title}” is there again.", cancel, fromAway: true);

    private static string Choice(string? value) =>
        Enum.TryParse<Audience>(value, out var audience) ? audience.Label().ToLowerInvariant() : (value ?? "none").ToLowerInvariant();

    /// <param name="clashing">The field that somebody else may have set to something else since the menu was opened.</param>
    /// <param name="undo">The handler that takes it back.</param>
    /// <param name="fromAway">Of tasks that are archived or deleted, which nothing else may change.</param>
    private async Task<IActionResult> ActAsync(
        int id, Action<ProjectTask> act, Func<ProjectTask, string> words, CancellationToken cancel, string? undo = null, bool fromAway = false, string? clashing = null)
    {
        await using var write = await Db.BeginWriteAsync(cancel);
        var task = fromAway
            ? await Db.Tasks.IgnoreQueryFilters().FindVisibleAsync(id, Person, cancel)
            : await FindAsync(id, cancel);
        if (task is null)
        {
            return await GoneAsync<ProjectTask>(Db, id, cancel);
        }

        if (!(fromAway ? task.CanBeKeptBy(Person) : task.CanBeEditedBy(Person)))
        {
            return NotAllowed();
        }

        if (fromAway && Trash.IsOver(task.DeletedAt, Clock.Now))
        {
            return Refuse(StatusCodes.Status410Gone, Trash.TooLate(task.Title));
        }

        if (clashing is not null && await LastByOthersAsync(task, cancel, clashing) is { } last)
        {
            var url = QueryHelpers.AddQueryString(Request.Path, Request.Query.Where(q => q.Key != "version").ToDictionary(q => q.Key, q => (string?)q.Value));
            return await ClashAsync(task, last, $"{last.Who} changed this {Clock.Ago(last.At)}: it is {Choice(last.To)} now. Nothing was changed.", new Retry("Change it all the same", url), cancel);
        }

        act(task);
        await Db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return await AnswerAsync(task, task.Status, words(task), cancel, undo is null ? null : $"/tasks/{id}/{undo}?on={On.ToString().ToLowerInvariant()}");
    }
}
