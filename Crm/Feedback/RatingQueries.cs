using Crm.Data;
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

    /// <summary>Average, count and distribution in one query.</summary>
    public static async Task<RatingSummary> SummarizeAsync(this IQueryable<Rating> ratings, CancellationToken cancel) =>
        new(await ratings.GroupBy(r => r.Stars).Select(g => new { Stars = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Stars, g => g.Count, cancel));
}
