using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Feedback;

/// <summary>How happy everybody is with a project, and the form in which the reader says it.</summary>
/// <param name="Latest">Ratings with a comment, newest first.</param>
/// <param name="Mine">The reader's own, or null.</param>
public sealed record RatingsCard(int ProjectId, bool CanRate, RatingSummary Summary, IReadOnlyList<RatingRow> Latest, RatingRow? Mine)
{
    private const int MostComments = 3;

    private static readonly string[] Words = ["Poor", "Fair", "Good", "Very good", "Excellent"];

    public string? Error { get; init; }

    /// <summary>What was sent and refused; otherwise the form shows the reader's rating.</summary>
    public RatingInput? Sent { get; init; }

    public string Chosen => Sent is null ? Mine?.Stars.ToString(CultureInfo.InvariantCulture) ?? RatingInput.NoRating : Sent.Stars ?? "";

    public string Comment => Sent is null ? Mine?.Comment ?? "" : Sent.Comment ?? "";

    /// <summary>Two queries.</summary>
    public static async Task<RatingsCard> LoadAsync(CrmDb db, int projectId, bool canRate, CurrentUser user, CancellationToken cancel)
    {
        var summary = await db.Ratings.Of(projectId).SummarizeAsync(cancel);
        var rows = await db.Ratings.Of(projectId)
            .Where(r => r.Comment != "" || r.PersonId == user.Id)
            .OrderByDescending(r => r.PersonId == user.Id).ThenByDescending(r => r.UpdatedAt).ThenByDescending(r => r.Id)
            .Take(MostComments + 1).AsRows().ToListAsync(cancel);
        return new RatingsCard(
            projectId,
            canRate,
            summary,
            [.. rows.Where(r => r.Comment.Length > 0).OrderByDescending(r => r.At).Take(MostComments)],
            rows.FirstOrDefault(r => r.PersonId == user.Id));
    }

    /// <summary>Such as “4 – Very good”.</summary>
    public static string Label(int stars) => $"{stars} – {Words[stars - 1]}";
}
