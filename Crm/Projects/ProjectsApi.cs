using Crm.Accounts;
using Crm.History;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Projects;

/// <summary>The projects over the API.</summary>
public static class ProjectsApi
{
    private static readonly Keyset<Project> ByName = new("name", Keyset<Project>.By(p => p.SortName));
    private static readonly Keyset<Project> ByDue = new("due", Keyset<Project>.By(p => p.DueOn ?? DateOnly.MaxValue));
    private static readonly Keyset<Project> Newest = Keyset<Project>.ById("newest", isDescending: true);

    public static void MapProjects(this RouteGroupBuilder api)
    {
        var projects = api.MapGroup("/projects").WithTags("Projects");
        projects.MapGet("", ListAsync).WithName("listProjects");
        projects.MapPost("", CreateAsync).WithName("createProject");
        projects.MapGet("/{id:int}", GetAsync).WithName("getProject");
        projects.MapPatch("/{id:int}", ChangeAsync).WithName("updateProject");
        projects.MapDelete("/{id:int}", DeleteAsync).WithName("deleteProject");
        projects.MapPost("/{id:int}/archive", ArchiveAsync).WithName("archiveProject");
        projects.MapPost("/{id:int}/unarchive", UnarchiveAsync).WithName("unarchiveProject");
        projects.MapPost("/{id:int}/restore", RestoreAsync).WithName("restoreProject");
    }

    /// <summary>List projects</summary>
    /// <remarks>The projects that the caller sees, a stretch at a time.</remarks>
    [Needs(Right.SeeLists)]
    internal static async Task<Listed<ProjectResource>> ListAsync([AsParameters] ProjectQuery query, [AsParameters] PageQuery page, [AsParameters] Call call)
    {
        var order = query.Sort?.Value switch
        {
            ProjectOrder.Due => ByDue,
            ProjectOrder.Newest => Newest,
            _ => ByName,
        };
        var projects = call.Db.Projects.AsNoTracking().VisibleTo(call.User).Matching(query.Filter, call.User);
        return new(await order.ReadAsync(projects, page, all => all.AsResources(call.User, call.Clock.Today), p => p.Id, call.Cancel));
    }

    /// <summary>Create a project</summary>
    /// <remarks>The caller becomes its owner and a member.</remarks>
    [Needs(Right.TeamWork)]
    internal static async Task<Results<Made<ProjectResource>, Refusal>> CreateAsync(CreateProject input, [AsParameters] Call call)
    {
        if (input.StartsOn > input.DueOn)
        {
            return Refusal.Invalid("dueOn", "The due date lies before the start.");
        }

        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var project = Project.Create(input, call.User, call.Clock.Now);
        call.Db.Projects.Add(project);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return new Made<ProjectResource>(await ReadAsync(project.Id, call), project.Version, $"{ApiRoutes.Prefix}/projects/{project.Id}");
    }

    /// <summary>Get a project</summary>
    /// <remarks>With its progress and, for the team, its rating.</remarks>
    [Needs(Right.SeeProject)]
    internal static async Task<Results<Tagged<ProjectResource>, Refusal>> GetAsync(int id, [AsParameters] Call call) =>
        await call.Db.Projects.AsNoTracking().VisibleTo(call.User).Where(p => p.Id == id).AsResources(call.User, call.Clock.Today).FirstOrDefaultAsync(call.Cancel) is { } project
            ? new Tagged<ProjectResource>(project, project.Version)
            : Refusal.NotFound;

    /// <summary>Change a project</summary>
    /// <remarks>A JSON merge patch: what is not sent stays as it is.</remarks>
    /// <param name="ifMatch">The ETag of the project as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.EditProject)]
    internal static async Task<Results<Tagged<ProjectResource>, Refusal>> ChangeAsync(
        int id, MergePatch<ProjectPatch> patch, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var project = await call.Db.Projects.VisibleTo(call.User).Include(p => p.Owner).Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == id, call.Cancel);
        if ((Refusal.Of(project, p => p.CanBeEditedBy(call.User), ifMatch) ?? await patch.ApplyAsync(project, ProjectFields.All, call)) is { } refusal)
        {
            return refusal;
        }

        project.ShowTo(project.Visibility, call.User);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return await ShowAsync(id, call);
    }

    /// <summary>Delete a project</summary>
    /// <remarks>It can be restored for 30 days.</remarks>
    /// <param name="ifMatch">The ETag of the project as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.KeepProject)]
    internal static async Task<Results<NoContent, Refusal>> DeleteAsync(int id, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call) =>
        await ActAsync(id, p => p.Delete(call.Clock.Now), call.Db.Projects, call, ifMatch) is { } refusal ? refusal : TypedResults.NoContent();

    /// <summary>Archive a project</summary>
    /// <remarks>It can be read and not changed until it is brought back.</remarks>
    [Needs(Right.KeepProject)]
    internal static async Task<Results<Tagged<ProjectResource>, Refusal>> ArchiveAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, p => p.Archive(call.Clock.Now), call.Db.Projects, call) is { } refusal ? refusal : await ShowAsync(id, call);

    /// <summary>Bring an archived project back</summary>
    /// <remarks>From now on it can be changed again.</remarks>
    [Needs(Right.KeepProject)]
    internal static async Task<Results<Tagged<ProjectResource>, Refusal>> UnarchiveAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, p => p.BringBack(), call.Db.Projects, call) is { } refusal ? refusal : await ShowAsync(id, call);

    /// <summary>Restore a deleted project</summary>
    /// <remarks>Within 30 days after it was deleted.</remarks>
    [Needs(Right.KeepProject)]
    internal static async Task<Results<Tagged<ProjectResource>, Refusal>> RestoreAsync(int id, [AsParameters] Call call) =>
        await ActAsync(id, p => p.Restore(), call.Db.Projects.IgnoreQueryFilters(), call) is { } refusal ? refusal : await ShowAsync(id, call);

    private static async Task<Refusal?> ActAsync(int id, Action<Project> act, IQueryable<Project> among, Call call, string? ifMatch = null)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var project = await among.VisibleTo(call.User).FirstOrDefaultAsync(p => p.Id == id, call.Cancel);
        if (Refusal.Of(project, p => p.CanBeKeptBy(call.User), ifMatch) is { } refusal)
        {
            return refusal;
        }

        if (Trash.IsOver(project.DeletedAt, call.Clock.Now))
        {
            return Refusal.Gone(Trash.TooLate(project.Name));
        }

        act(project);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return null;
    }

    private static async Task<Tagged<ProjectResource>> ShowAsync(int id, Call call)
    {
        var project = await ReadAsync(id, call);
        return new Tagged<ProjectResource>(project, project.Version);
    }

    private static Task<ProjectResource> ReadAsync(int id, Call call) =>
        call.Db.Projects.AsNoTracking().Where(p => p.Id == id).AsResources(call.User, call.Clock.Today).FirstAsync(call.Cancel);
}
