using Crm.Accounts;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>People over the API.</summary>
public static class PeopleApi
{
    private static readonly Keyset<Person> ByName = new("name", Keyset<Person>.By(p => p.Name));

    public static void MapPeople(this RouteGroupBuilder api)
    {
        var people = api.MapGroup("").WithTags("People");
        people.MapGet("/team", TeamAsync).WithName("listTeam");
        people.MapGet("/people", ListAsync).WithName("listPeople");
        people.MapGet("/people/{id:int}", GetAsync).WithName("getPerson");
        people.MapPatch("/people/{id:int}", ChangeAsync).WithName("updatePerson");
        people.MapPost("/people/{id:int}/enable", EnableAsync).WithName("enablePerson");
        people.MapLeaving();
        people.MapPersonAccess();
    }

    /// <summary>List the team</summary>
    /// <remarks>Everybody who can be given work, by name: admins and members whose account is not disabled.</remarks>
    [Needs(Right.TeamWork)]
    internal static async Task<Listed<TeamMember>> TeamAsync([AsParameters] PageQuery page, [AsParameters] Call call) =>
        new(await ByName.ReadAsync(call.Db.People.AsNoTracking().Assignable(), page, all => all.Select(p => new TeamMember(p.Id, p.Name, p.Role)), p => p.Id, call.Cancel));

    /// <summary>List people</summary>
    /// <remarks>Everybody who is known here, by name: also disabled ones, and those who came with an import and cannot sign in yet.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Listed<PersonResource>> ListAsync([AsParameters] PeopleQuery query, [AsParameters] PageQuery page, [AsParameters] Call call)
    {
        var people = call.Db.People.AsNoTracking().Where(p => p.DeletedAt == null).Matching(query.Q);
        return new(await ByName.ReadAsync(people, page, all => all.AsResources(call.Db), p => p.Id, call.Cancel));
    }

    /// <summary>Get a person</summary>
    /// <remarks>One person's account.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<PersonResource>, Refusal>> GetAsync(int id, [AsParameters] Call call) =>
        await ReadAsync(id, call) is { } person ? new Tagged<PersonResource>(person, person.Version) : Refusal.NotFound;

    /// <summary>Change a person</summary>
    /// <remarks>A JSON merge patch: what is not sent stays as it is. Another role or e-mail asks for a fresh proof of who calls, and ends the person's sessions.</remarks>
    /// <param name="ifMatch">The ETag of the person as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<PersonResource>, Refusal>> ChangeAsync(
        int id, MergePatch<PersonPatch> patch, [FromHeader(Name = "If-Match")] string? ifMatch, AccountEdits edits, Confirmation confirmation, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if ((await FindAsync(id, call), patch.Mistakes()) is not ({ } person, var mistakes))
        {
            return Refusal.NotFound;
        }

        if (!ETags.Fits(ifMatch, (int)await FormConflict.SeenAsync(call.Db, nameof(Person), id, call.Cancel)))
        {
            return new Refusal(StatusCodes.Status412PreconditionFailed);
        }

        var input = Merge(person, patch);
        if ((mistakes ?? Wrong(await edits.MistakeAsync(person, input, call.Cancel))) is { } refusal)
        {
            return refusal;
        }

        if (AccountEdits.OpensOtherDoors(person, input) && !confirmation.IsFresh)
        {
            return AskAgainForCalls.NotFresh;
        }

        var old = person.Email;
        if (!await edits.SaveAsync(person, input, call.Cancel))
        {
            return Refusal.Invalid("email", AccountEdits.Taken);
        }

        await write.CommitAsync(call.Cancel);
        await edits.TellAsync(person, old, call.Cancel);
        return await GetAsync(id, call);
    }

    /// <summary>Enable an account</summary>
    /// <remarks>Whoever was disabled may come in again; their sessions and tokens stay ended.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<PersonResource>, Refusal>> EnableAsync(int id, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (await FindAsync(id, call) is not { } person)
        {
            return Refusal.NotFound;
        }

        person.Enable();
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return await GetAsync(id, call);
    }

    /// <returns>Null when there is no such person.</returns>
    internal static Task<Person?> FindAsync(int id, Call call) => call.Db.People.FirstOrDefaultAsync(p => p.Id == id && p.DeletedAt == null, call.Cancel);

    private static Task<PersonResource?> ReadAsync(int id, Call call) =>
        call.Db.People.AsNoTracking().Where(p => p.Id == id && p.DeletedAt == null).AsResources(call.Db).FirstOrDefaultAsync(call.Cancel);

    private static EditPerson Merge(Person person, MergePatch<PersonPatch> patch) => new()
    {
        Name = patch.Has(nameof(PersonPatch.Name)) ? patch.Values.Name : person.Name,
        Email = patch.Has(nameof(PersonPatch.Email)) ? patch.Values.Email : person.Email,
        Role = patch.Has(nameof(PersonPatch.Role)) ? patch.Values.Role : person.Role,
    };

    private static Refusal? Wrong((string Field, string Words)? mistake) => mistake is var (field, words) ? Refusal.Invalid(ApiJson.Name(field), words) : null;
}
