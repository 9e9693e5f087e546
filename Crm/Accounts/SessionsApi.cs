using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Crm.Accounts;

/// <summary>Where somebody is signed in.</summary>
/// <param name="Device">What the browser or program calls itself.</param>
/// <param name="Address">IP address that it was last seen at; empty when it is not known.</param>
/// <param name="Method">How the person proved who they are.</param>
/// <param name="HasSecondFactor">More than one proof was given.</param>
/// <param name="IsProgram">Of a program that signed in over the API, not of a browser.</param>
/// <param name="IsPresent">The one that this call is made in.</param>
/// <param name="LastSeenAt">To five minutes.</param>
public sealed record SessionResource(
    int Id, string Device, string Address, SignInMethod Method, bool HasSecondFactor, bool IsProgram, bool IsPresent, DateTime CreatedAt, DateTime LastSeenAt, DateTime ExpiresAt);

/// <summary>One try to get into an account.</summary>
/// <param name="Outcome">What it came to.</param>
/// <param name="Method">How it was tried.</param>
/// <param name="Device">What the browser or program called itself.</param>
/// <param name="IsKnown">In a browser in which the person had signed in before.</param>
public sealed record SignInResource(long Id, DateTime At, SignInOutcome Outcome, SignInMethod Method, string Address, string Device, bool IsKnown);

/// <summary>One's own sessions and sign-ins over the API.</summary>
public static class SessionsApi
{
    private static readonly Keyset<Session> Newest = Keyset<Session>.ById("newest", isDescending: true);
    private static readonly Keyset<SignInEvent> Latest = Keyset<SignInEvent>.ById("latest", isDescending: true);

    public static void MapOwnSessions(this RouteGroupBuilder auth)
    {
        auth.MapGet("/sessions", ListAsync).WithName("listSessions");
        auth.MapDelete("/sessions", EndOthersAsync).WithName("endOtherSessions");
        auth.MapDelete("/sessions/{id:int}", EndAsync).WithName("endSession");
        auth.MapGet("/sign-ins", SignInsAsync).WithName("listSignIns");
    }

    /// <summary>List one's sessions</summary>
    /// <remarks>Browsers and programs that one is signed in with, the newest first.</remarks>
    [Needs(Right.OwnAccount)]
    internal static async Task<Listed<SessionResource>> ListAsync([AsParameters] PageQuery page, [AsParameters] Call call) =>
        new(await ReadAsync(call.User.Id, page, call));

    /// <summary>End all other sessions</summary>
    /// <remarks>All but the one that the call is made in. Personal access tokens stay.</remarks>
    [Needs(Right.OwnAccount)]
    internal static Task<NoContent> EndOthersAsync([AsParameters] Call call) => EndAllAsync(call.User.Id, call);

    /// <summary>End a session</summary>
    /// <remarks>Whoever uses it is signed out at once.</remarks>
    [Needs(Right.OwnAccount)]
    internal static Task<Results<NoContent, Refusal>> EndAsync(int id, [AsParameters] Call call) => EndOneAsync(call.User.Id, id, call);

    /// <summary>List one's sign-ins</summary>
    /// <remarks>Every try to get into the account, the latest first, kept for at least a year.</remarks>
    [Needs(Right.OwnAccount)]
    internal static async Task<Listed<SignInResource>> SignInsAsync([AsParameters] PageQuery page, [AsParameters] Call call) =>
        new(await ReadSignInsAsync(call.User.Id, page, call));

    internal static Task<Slice<SessionResource>> ReadAsync(int personId, PageQuery page, Call call)
    {
        var (now, present) = (call.Clock.Now, call.User.SessionId);
        return Newest.ReadAsync(
            call.Db.Sessions.AsNoTracking().Where(s => s.PersonId == personId && s.ExpiresAt > now),
            page,
            all => all.Select(s => new SessionResource(s.Id, s.Device, s.Address, s.Method, s.HasSecondFactor, s.AccessHash != null, s.Id == present, s.CreatedAt, s.LastSeenAt, s.ExpiresAt)),
            s => s.Id,
            call.Cancel);
    }

    internal static Task<Slice<SignInResource>> ReadSignInsAsync(int personId, PageQuery page, Call call) => Latest.ReadAsync(
        call.Db.SignIns.AsNoTracking().Where(e => e.PersonId == personId),
        page,
        all => all.Select(e => new SignInResource(e.Id, e.At, e.Outcome, e.Method, e.Address, e.Device, e.DeviceHash != null)),
        e => e.Id,
        call.Cancel);

    internal static async Task<NoContent> EndAllAsync(int personId, Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        await Sessions.EndAllAsync(call.Db, personId, call.User.SessionId, call.Cancel);
        await write.CommitAsync(call.Cancel);
        return TypedResults.NoContent();
    }

    internal static async Task<Results<NoContent, Refusal>> EndOneAsync(int personId, int id, Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        if (!await Sessions.EndAsync(call.Db, personId, id, call.Cancel))
        {
            return Refusal.NotFound;
        }

        await write.CommitAsync(call.Cancel);
        return TypedResults.NoContent();
    }
}
