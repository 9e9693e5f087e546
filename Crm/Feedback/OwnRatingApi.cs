using Crm.Accounts;
using Crm.History;
using Crm.Projects;
using Crm.Web.Api;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Feedback;

/// <summary>The caller's own rating of a project.</summary>
internal static class OwnRatingApi
{
    public static void MapOwnRating(this RouteGroupBuilder ratings)
    {
        ratings.MapPut("/projects/{id:int}/rating", RateAsync).WithName("rateProject");
        ratings.MapDelete("/projects/{id:int}/rating", WithdrawAsync).WithName("withdrawRating");
        ratings.MapPost("/ratings/{id:int}/restore", RestoreAsync).WithName("restoreRating");
    }

    /// <summary>Rate a project</summary>
    /// <remarks>Gives the caller's own rating or replaces it, also one that was withdrawn.</remarks>
    /// <param name="id">Of the project.</param>
    /// <param name="ifMatch">The ETag of the rating as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.RateProject)]
    internal static async Task<Results<Tagged<RatingResource>, Made<RatingResource>, Refusal>> RateAsync(
        int id, RateProject input, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var (own, refusal) = await FindAsync(id, ifMatch, call);
        if (refusal is not null)
        {
            return refusal;
        }

        var rating = call.Db.Rate(own, id, call.User, input.Stars!.Value, input.Comment, call.Clock.Now);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        var shown = await ReadAsync(rating.Id, call);
        return own is null ? new Made<RatingResource>(shown, shown.Version, $"{ApiRoutes.Prefix}/ratings/{shown.Id}") : new Tagged<RatingResource>(shown, shown.Version);
    }

    /// <summary>Withdraw one's rating of a project</summary>
    /// <remarks>It can be restored for 30 days. Who has given none has nothing to withdraw, and that is well.</remarks>
    /// <param name="id">Of the project.</param>
    /// <param name="ifMatch">The ETag of the rating as the caller knows it: 412 when it has changed since.</param>
    [Needs(Right.RateProject)]
    internal static async Task<Results<NoContent, Refusal>> WithdrawAsync(int id, [FromHeader(Name = "If-Match")] string? ifMatch, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var (own, refusal) = await FindAsync(id, ifMatch, call);
        if (refusal is not null)
        {
            return refusal;
        }

        own?.Withdraw(call.Clock.Now);
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Restore a withdrawn rating</summary>
    /// <remarks>One's own, within 30 days after it was withdrawn.</remarks>
    [Needs(Right.RateProject)]
    internal static async Task<Results<Tagged<RatingResource>, Refusal>> RestoreAsync(int id, [AsParameters] Call call)
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var projectId = await call.Db.Ratings.IgnoreQueryFilters().Where(r => r.Id == id).Select(r => r.ProjectId).FirstOrDefaultAsync(call.Cancel);
        var (own, refusal) = await FindAsync(projectId, null, call);
        if (refusal is not null || own?.Id != id)
        {
            return refusal ?? Refusal.NotFound;
        }

        if (Trash.IsOver(own.DeletedAt, call.Clock.Now))
        {
            return Refusal.Gone(Trash.TooLate("The rating"));
        }

        own.Restore();
        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        var shown = await ReadAsync(id, call);
        return new Tagged<RatingResource>(shown, shown.Version);
    }

    private static async Task<(Rating? Own, Refusal? Refusal)> FindAsync(int projectId, string? ifMatch, Call call)
    {
        var project = await call.Db.Projects.AsNoTracking().VisibleTo(call.User).FirstOrDefaultAsync(p => p.Id == projectId, call.Cancel);
        if (Refusal.Of(project, p => p.CanBeRatedBy(call.User)) is { } refusal)
        {
            return (null, refusal);
        }

        var own = await call.Db.FindOwnAsync(projectId, call.User, call.Cancel);
        return (own, own is null ? null : Refusal.Of(own, _ => true, ifMatch));
    }

    private static Task<RatingResource> ReadAsync(int id, Call call) =>
        call.Db.Ratings.AsNoTracking().Where(r => r.Id == id).AsResources().FirstAsync(call.Cancel);
}
