using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Feedback;

/// <summary>A rating as lists show it.</summary>
public sealed record RatingRow(int PersonId, string Person, int Stars, string Comment, DateTime At, int Version)
{
    public StarsView AsStars => new(Stars, 1);
}

/// <summary>The questions that are asked of ratings.</summary>
public static class RatingQueries
{
    public static IQueryable<Rating> Of(this IQueryable<Rating> ratings, int projectId) => ratings.Where(r => r.ProjectId == projectId);

    public static IQueryable<RatingRow> AsRows(this IQueryable<Rating> ratings) =>
        ratings.Select(r => new RatingRow(r.PersonId, r.Person.Name, r.Stars, r.Comment, r.UpdatedAt, r.Version));

    /// <summary>What the API shows of a rating.</summary>
    public static IQueryable<RatingResource> AsResources(this IQueryable<Rating> ratings) =>
        ratings.Select(r => new RatingResource(r.Id, r.ProjectId, new PersonName(r.PersonId, r.Person.Name), r.Stars, r.Comment, r.CreatedAt, r.UpdatedAt, r.Version));

    /// <summary>The rating that somebody has given to a project, also a withdrawn one.</summary>
    public static Task<Rating?> FindOwnAsync(this CrmDb db, int projectId, CurrentUser user, CancellationToken cancel) =>
        db.Ratings.IgnoreQueryFilters().Of(projectId).FirstOrDefaultAsync(r => r.PersonId == user.Id, cancel);

    /// <summary>Somebody's rating with these stars: a new one, or the one that they have given.</summary>
    /// <param name="own">As <see cref="FindOwnAsync"/> found it.</param>
    public static Rating Rate(this CrmDb db, Rating? own, int projectId, CurrentUser user, int stars, string? comment, DateTime now)
    {
        if (own is null)
        {
            return db.Ratings.Add(Rating.Give(projectId, user.Id, stars, Typed.Prose(comment), now)).Entity;
        }

        own.Change(stars, Typed.Prose(comment), now);
        return own;
    }

    /// <summary>Average, count and distribution in one query.</summary>
    public static async Task<RatingSummary> SummarizeAsync(this IQueryable<Rating> ratings, CancellationToken cancel) =>
        new(await ratings.GroupBy(r => r.Stars).Select(g => new { Stars = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Stars, g => g.Count, cancel));
}
