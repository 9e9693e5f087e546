using System.ComponentModel.DataAnnotations;
using Crm.Accounts;
using Crm.Admin;
using Crm.Projects;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.History;

/// <summary>What was and is no more, over the API: projects as they stood, and what was deleted lately.</summary>
public static class PastApi
{
    public static void MapPast(this RouteGroupBuilder api)
    {
        var past = api.MapGroup("").WithTags("History");
        past.MapGet("/projects/{id:int}/past", GetAsync).WithName("getProjectPast");
        past.MapGet("/trash", TrashAsync).WithName("listTrash");
    }

    /// <summary>Get a project as it stood</summary>
    /// <remarks>At the end of a day, with its tasks and its latest comments, to read only. Who may see it is judged by today's permissions; for the team.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.SeeProjectInside)]
    internal static async Task<Results<Tagged<PastProject>, Refusal>> GetAsync(int id, [AsParameters] PastQuery query, WorkspaceCache workspace, [AsParameters] Call call)
    {
        var project = await call.Db.Projects.AsNoTracking().VisibleTo(call.User).FirstOrDefaultAsync(p => p.Id == id, call.Cancel);
        if (Refusal.Of(project, p => p.ShowsInsideTo(call.User)) is { } refusal)
        {
            return refusal;
        }

        var today = call.Clock.Today;
        var past = await ProjectPast.LoadAsync(call.Db, project, query.On < today ? query.On.Value : today, workspace.Current, call.Cancel);
        return past is null ? Refusal.NotFound : new Tagged<PastProject>(PastProject.Of(past));
    }

    /// <summary>List what was deleted lately</summary>
    /// <remarks>Within the last 30 days, the newest first and at most 50 of each kind; for the team. Each is brought back by its own <c>restore</c>.</remarks>
    [Needs(Right.TeamWork)]
    internal static async Task<Listed<DeletedResource>> TrashAsync([AsParameters] TrashQuery query, [AsParameters] Call call)
    {
        var rows = await Trash.LoadAsync(call.Db, call.User, call.Clock.Now, KindNames.ClassOf(query.Kind), call.Cancel);
        return new(new Slice<DeletedResource>([.. rows.Select(DeletedResource.Of)], null));
    }
}

/// <summary>Which day is looked back to.</summary>
public sealed record PastQuery
{
    /// <summary>A day in the workspace's time zone; today when it is not sent or lies ahead.</summary>
    [FromQuery(Name = "on")]
    [Day]
    public DateOnly? On { get; init; }
}

/// <summary>Which deleted records a list holds.</summary>
public sealed record TrashQuery
{
    /// <summary>Only those of this kind: <c>project</c>, <c>task</c>, <c>checklist</c>, <c>checklistItem</c>, <c>comment</c> or <c>rating</c>.</summary>
    [FromQuery(Name = "kind")]
    [RegularExpression("project|task|checklist|checklistItem|comment|rating", ErrorMessage = "Send one of project, task, checklist, checklistItem, comment, rating.")]
    public string? Kind { get; init; }
}

/// <summary>Something that was deleted and can be brought back.</summary>
/// <param name="Kind">What kind of record, such as <c>task</c>.</param>
/// <param name="Parent">What it belongs to, where that has a name of its own.</param>
/// <param name="IsParentGone">What it belongs to is deleted too and has to come back first.</param>
/// <param name="DeletedBy">Name of whoever deleted it; null when that is not known.</param>
/// <param name="MayRestore">The caller may bring it back.</param>
/// <param name="RestorableUntil">Afterwards it is not brought back any more.</param>
public sealed record DeletedResource(string Kind, int Id, string Name, string? Parent, bool IsParentGone, DateTime DeletedAt, string? DeletedBy, bool MayRestore, DateTime RestorableUntil)
{
    internal static DeletedResource Of(TrashRow row) =>
        new(KindNames.Of(row.Kind), row.Id, row.Name, row.Parent, row.IsParentGone, row.DeletedAt, row.By, row.MayRestore, row.DeletedAt.AddDays(Trash.Days));
}

/// <summary>A project as it stood at the end of a day. People stand by their names.</summary>
/// <param name="Day">The last moment of this day counts, in the workspace's time zone.</param>
/// <param name="Description">Markdown.</param>
/// <param name="Tasks">Those that were not archived, by status and place.</param>
/// <param name="ArchivedTasks">How many more there were.</param>
/// <param name="Comments">The last of them on the project as a whole, the oldest first.</param>
/// <param name="Rating">Null when nobody had rated.</param>
public sealed record PastProject(
    int Id,
    DateOnly Day,
    string Name,
    string Description,
    ProjectStatus Status,
    ProjectVisibility Visibility,
    bool IsArchived,
    string Owner,
    DateOnly? StartsOn,
    DateOnly? DueOn,
    IReadOnlyList<string> Members,
    IReadOnlyList<PastTask> Tasks,
    int ArchivedTasks,
    IReadOnlyList<PastComment> Comments,
    ProjectRating? Rating)
{
    internal static PastProject Of(ProjectPast past) => new(
        past.Id,
        past.Day,
        past.Name,
        past.Description,
        past.Status,
        past.Visibility,
        past.IsArchived,
        past.Owner,
        past.StartsOn,
        past.DueOn,
        past.Members,
        past.Tasks,
        past.Archived,
        past.Comments,
        past.Stars.Average is { } average ? new ProjectRating(average, past.Stars.Count) : null);
}
