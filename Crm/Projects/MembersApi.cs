using Crm.Accounts;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Projects;

/// <summary>Who is on a project, over the API.</summary>
public static class MembersApi
{
    private static readonly Keyset<Person> ByName = new("name", Keyset<Person>.By(p => p.Name));

    public static void MapProjectMembers(this RouteGroupBuilder api)
    {
        var members = api.MapGroup("/projects/{id:int}/members").WithTags("Projects");
        members.MapGet("", ListAsync).WithName("listProjectMembers");
        members.MapPut("/{personId:int}", AddAsync).WithName("addProjectMember");
        members.MapDelete("/{personId:int}", RemoveAsync).WithName("removeProjectMember");
    }

    /// <summary>List the members of a project</summary>
    /// <remarks>By name: those of the team who work on it, and the clients who see it.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.SeeProject)]
    internal static async Task<Results<Listed<MemberResource>, Refusal>> ListAsync(int id, [AsParameters] PageQuery page, [AsParameters] Call call)
    {
        if (await call.Db.Projects.VisibleTo(call.User).Where(p => p.Id == id).Select(p => (int?)p.OwnerId).FirstOrDefaultAsync(call.Cancel) is not { } ownerId)
        {
            return Refusal.NotFound;
        }

        var people = call.Db.People.AsNoTracking().Where(p => call.Db.ProjectMembers.Any(m => m.ProjectId == id && m.PersonId == p.Id));
        return new Listed<MemberResource>(await ByName.ReadAsync(
            people, page, some => some.Select(p => new MemberResource(p.Id, p.Name, p.Role == Role.Client, p.Id == ownerId)), m => m.Id, call.Cancel));
    }

    /// <summary>Add somebody to a project</summary>
    /// <remarks>Clients see the project from now on. Who is on it already stays.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.EditProject)]
    internal static Task<Results<NoContent, Refusal>> AddAsync(int id, int personId, [AsParameters] Call call) =>
        ChangeAsync(id, personId, p => p.Members.Any(m => m.PersonId == personId) || p.Add(personId), "There is no such person.", call);

    /// <summary>Take somebody off a project</summary>
    /// <remarks>The owner stays: hand the project to somebody else first. Whoever leaves a private project does not see it any more.</remarks>
    /// <param name="id">Of the project.</param>
    [Needs(Right.EditProject)]
    internal static Task<Results<NoContent, Refusal>> RemoveAsync(int id, int personId, [AsParameters] Call call) =>
        ChangeAsync(id, personId, p => p.Remove(personId), null, call);

    /// <param name="refusal">Null for who cannot be taken off.</param>
    private static async Task<Results<NoContent, Refusal>> ChangeAsync(int id, int personId, Func<Project, bool> change, string? refusal, Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var project = await call.Db.Projects.VisibleTo(call.User).Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == id, call.Cancel);
        if (Refusal.Of(project, p => p.CanBeEditedBy(call.User)) is { } refused)
        {
            return refused;
        }

        if (!await call.Db.People.AnyAsync(p => p.Id == personId, call.Cancel) || !change(project))
        {
            return Refusal.Invalid("personId", refusal ?? MemberList.WhyNotRemoved(project, personId));
        }

        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return TypedResults.NoContent();
    }
}

/// <summary>Somebody on a project.</summary>
/// <param name="Id">Of the person.</param>
/// <param name="IsClient">They see what is client-visible; all others are of the team.</param>
/// <param name="IsOwner">They answer for the project.</param>
public sealed record MemberResource(int Id, string Name, bool IsClient, bool IsOwner);
