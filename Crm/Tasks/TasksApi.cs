using Crm.Accounts;
using Crm.Projects;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tasks;

/// <summary>The tasks over the API. How they are archived, deleted and brought back stands in <see cref="TaskLifecycleApi"/>.</summary>
public static class TasksApi
{
    private static readonly Keyset<ProjectTask> ByDue = new("due", Keyset<ProjectTask>.By(t => t.DueOrder));
    private static readonly Keyset<ProjectTask> ByPriority = new("priority", Keyset<ProjectTask>.By(t => t.Priority, isDescending: true), Keyset<ProjectTask>.By(t => t.DueOrder));
    private static readonly Keyset<ProjectTask> Newest = Keyset<ProjectTask>.ById("newest", isDescending: true);
    private static readonly Keyset<ProjectTask> ByPlace = new("place", Keyset<ProjectTask>.By(t => t.ProjectId), Keyset<ProjectTask>.By(t => t.Status), Keyset<ProjectTask>.By(t => t.Position));

    public static void MapTasks(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("").WithTags("Tasks");
        tasks.MapGet("/tasks", ListAsync).WithName("listTasks");
        tasks.MapPost("/projects/{id:int}/tasks", CreateAsync).WithName("createTask");
        tasks.MapGet("/tasks/{id:int}", GetAsync).WithName("getTask");
        tasks.MapPatch("/tasks/{id:int}", ChangeAsync).WithName("updateTask");
        tasks.MapPost("/tasks/{id:int}/move", MoveAsync).WithName("moveTask");
        tasks.MapTaskLifecycle();
        tasks.MapTaskMembers();
    }

    /// <summary>List tasks</summary>
    /// <remarks>The open tasks of all projects that the caller sees, a stretch at a time, unless the filters say otherwise.</remarks>
    [Needs(Right.SeeLists)]
    internal static async Task<Listed<TaskResource>> ListAsync([AsParameters] TaskQuery query, [AsParameters] PageQuery page, [AsParameters] Call call)
    {
        var order = query.Sort?.Value switch
        {
            TaskOrder.Priority => ByPriority,
            TaskOrder.Newest => Newest,
            TaskOrder.Place => ByPlace,
            _ => ByDue,
        };
        var tasks = call.Db.TasksMatching(query.Filter, call.User, call.Clock.Today).AsNoTracking();
        return new(await order.ReadAsync(tasks, page, some => some.AsResources(call.Db), t => t.Id, call.Cancel));
    }

    /// <summary>Create a task</summary>
    /// <remarks>In a project that the caller may change. It stands last in its status, and first among what is done.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.EditProject)]
    internal static async Task<Results<Made<TaskResource>, Refusal>> CreateAsync(int id, CreateTask input, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var project = await call.Db.Projects.VisibleTo(call.User).FirstOrDefaultAsync(p => p.Id == id, call.Cancel);
        if (Refusal.Of(project, p => p.CanBeEditedBy(call.User)) is { } refusal)
        {
            return refusal;
        }

        var task = ProjectTask.Create(id, "", 0, call.User.Id, call.Clock.Now);
        call.Db.Tasks.Add(task);
        if (await MergePatch<CreateTask>.Of(input).ApplyAsync(task, TaskFields.All, call) is { } invalid)
        {
            return invalid;
        }

        await call.Db.PlaceAsync(task, call.Clock.Now, call.Cancel);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return new Made<TaskResource>(await ReadAsync(task.Id, call), task.Version, $"{ApiRoutes.Prefix}/tasks/{task.Id}");
    }

    /// <summary>Get a task</summary>
    /// <remarks>Its checklists and comments have lists of their own.</remarks>
    [Needs(Right.SeeTask)]
    internal static async Task<Results<Tagged<TaskResource>, Refusal>> GetAsync(int id, [AsParameters] Call call) =>
        await call.Db.Tasks.AsNoTracking().VisibleTo(call.User).Where(t => t.Id == id).AsResources(call.Db).FirstOrDefaultAsync(call.Cancel) is { } task
            ? new Tagged<TaskResource>(task, task.Version)
            : Refusal.NotFound;

    /// <summary>Change a task</summary>
    /// <remarks>A JSON merge patch: what is not sent stays as it is.</remarks>
    /// <param name="ifMatch">The ETag of the task as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditTask)]
    internal static async Task<Results<Tagged<TaskResource>, Refusal>> ChangeAsync(
        int id, MergePatch<TaskPatch> patch, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var task = await call.Db.Tasks.FindVisibleAsync(id, call.User, call.Cancel);
        if ((Refusal.Of(task, t => t.CanBeEditedBy(call.User), ifMatch) ?? await patch.ApplyAsync(task, TaskFields.All, call)) is { } refusal)
        {
            return refusal;
        }

        await (call.Db.Entry(task).Property(t => t.Status).IsModified ? call.Db.PlaceAsync(task, call.Clock.Now, call.Cancel) : Task.CompletedTask);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return await ShowAsync(id, call);
    }

    /// <summary>Move a task</summary>
    /// <remarks>To another status, or to another place in its own. Without a place it stands last in the new status, and first among what is done.</remarks>
    /// <param name="ifMatch">The ETag of the task as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditTask)]
    internal static async Task<Results<Tagged<TaskResource>, Refusal>> MoveAsync(
        int id, MoveTask input, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var task = await call.Db.Tasks.FindVisibleAsync(id, call.User, call.Cancel);
        if (Refusal.Of(task, t => t.CanBeEditedBy(call.User), ifMatch) is { } refusal)
        {
            return refusal;
        }

        if (!await call.Db.MoveAsync(task, input, call.Clock.Now, call.Cancel))
        {
            return Refusal.Invalid(input.Before is null ? "after" : "before", "No such task stands in that status of the project. It may have gone elsewhere.");
        }

        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return await ShowAsync(id, call);
    }

    internal static async Task<Tagged<TaskResource>> ShowAsync(int id, Call call)
    {
        var task = await ReadAsync(id, call);
        return new Tagged<TaskResource>(task, task.Version);
    }

    private static Task<TaskResource> ReadAsync(int id, Call call) =>
        call.Db.Tasks.AsNoTracking().Where(t => t.Id == id).AsResources(call.Db).FirstAsync(call.Cancel);
}
