using Crm.Accounts;
using Crm.Projects;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>An invitation, without its link.</summary>
/// <param name="Email">Where it was mailed to; null when its link was handed over.</param>
/// <param name="Person">Somebody known from an import whom it lets in; null for somebody new.</param>
/// <param name="ProjectId">A project that the person joins on arrival.</param>
/// <param name="ExpiresAt">Its link lets nobody in from then on.</param>
/// <param name="AcceptedAt">Null as long as nobody has come in by it.</param>
/// <param name="RevokedAt">Null as long as nobody has taken it back.</param>
public sealed record InvitationResource(
    int Id, string? Email, Role Role, PersonName? Person, int? ProjectId, PersonName InvitedBy, DateTime CreatedAt, DateTime ExpiresAt, DateTime? AcceptedAt, DateTime? RevokedAt);

/// <summary>An invitation that was just made or renewed.</summary>
/// <param name="Url">Lets one person in. It is answered this once, and mailed when there is an address and a mail server.</param>
public sealed record InvitationLink(int Id, string Url, DateTime ExpiresAt);

/// <summary>Whom to invite, and as what.</summary>
public sealed record CreateInvitation : InvitePerson
{
    /// <summary>Somebody known from an import, who keeps what they wrote.</summary>
    public int? PersonId { get; init; }
}

/// <summary>Invitations over the API.</summary>
public static class InvitationsApi
{
    private static readonly Keyset<Invitation> Newest = Keyset<Invitation>.ById("newest", isDescending: true);

    public static void MapInvitations(this RouteGroupBuilder api)
    {
        var invitations = api.MapGroup("/invitations").WithTags("Invitations");
        invitations.MapGet("", ListAsync).WithName("listInvitations");
        invitations.MapPost("", CreateAsync).WithName("createInvitation");
        invitations.MapGet("/{id:int}", GetAsync).WithName("getInvitation");
        invitations.MapPost("/{id:int}/renew", RenewAsync).WithName("renewInvitation");
        invitations.MapDelete("/{id:int}", RevokeAsync).WithName("revokeInvitation");
    }

    /// <summary>List open invitations</summary>
    /// <remarks>Those that nobody has used or taken back, the newest first; expired ones included.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Listed<InvitationResource>> ListAsync([AsParameters] PageQuery page, [AsParameters] Call call) =>
        new(await Newest.ReadAsync(call.Db.Invitations.AsNoTracking().Waiting(), page, AsResources, i => i.Id, call.Cancel));

    /// <summary>Invite somebody</summary>
    /// <remarks>Makes a link that lets one person in within 14 days. Asks for a fresh proof of who calls.</remarks>
    [Needs(Right.RunWorkspace)]
    [AskAgain]
    internal static async Task<Results<MadeOnce<InvitationLink>, Refusal>> CreateAsync(CreateInvitation input, Invitations invitations, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (input.PersonId is { } id && !await call.Db.People.Invitable().AnyAsync(p => p.Id == id, call.Cancel))
        {
            return Refusal.Invalid("personId", "Nobody of that id came with an import and waits to be invited.");
        }

        if (await invitations.MistakeAsync(input, call.Cancel) is var (field, words))
        {
            return Refusal.Invalid(ApiJson.Name(field), words);
        }

        var link = await invitations.MakeAsync(input, input.PersonId, call.Cancel);
        await write.CommitAsync(call.Cancel);
        await invitations.MailAsync(link, call.Cancel);
        return new MadeOnce<InvitationLink>(Of(link), $"{ApiRoutes.Prefix}/invitations/{link.Invitation.Id}");
    }

    /// <summary>Get an invitation</summary>
    /// <remarks>Also one that was used or taken back.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<Tagged<InvitationResource>, Refusal>> GetAsync(int id, [AsParameters] Call call) =>
        await AsResources(call.Db.Invitations.AsNoTracking().Where(i => i.Id == id)).FirstOrDefaultAsync(call.Cancel) is { } invitation
            ? new Tagged<InvitationResource>(invitation)
            : Refusal.NotFound;

    /// <summary>Renew an invitation</summary>
    /// <remarks>Makes a new link for another 14 days; the one before is worthless.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<ShownOnce<InvitationLink>, Refusal>> RenewAsync(int id, Invitations invitations, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (await call.Db.Invitations.Waiting().FirstOrDefaultAsync(i => i.Id == id, call.Cancel) is not { } invitation)
        {
            return Refusal.NotFound;
        }

        var link = await invitations.RenewAsync(invitation, call.Cancel);
        await write.CommitAsync(call.Cancel);
        await invitations.MailAsync(link, call.Cancel);
        return new ShownOnce<InvitationLink>(Of(link));
    }

    /// <summary>Revoke an invitation</summary>
    /// <remarks>Its link lets nobody in any more.</remarks>
    [Needs(Right.RunWorkspace)]
    internal static async Task<Results<NoContent, Refusal>> RevokeAsync(int id, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (await call.Db.Invitations.Waiting().FirstOrDefaultAsync(i => i.Id == id, call.Cancel) is not { } invitation)
        {
            return Refusal.NotFound;
        }

        invitation.Revoke(call.Clock.Now);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return TypedResults.NoContent();
    }

    private static InvitationLink Of(NewLink link) => new(link.Invitation.Id, link.Url, link.Invitation.ExpiresAt);

    private static IQueryable<InvitationResource> AsResources(IQueryable<Invitation> invitations) => invitations.Select(i => new InvitationResource(
        i.Id,
        i.Email,
        i.Role,
        i.Person == null ? null : new PersonName(i.Person.Id, i.Person.Name),
        i.ProjectId,
        new PersonName(i.InvitedById, i.InvitedBy.Name),
        i.CreatedAt,
        i.ExpiresAt,
        i.AcceptedAt,
        i.RevokedAt));
}
