using Crm.Accounts;
using Crm.Timeline;

namespace Crm.Feedback;

/// <summary>One person's 1 to 5 stars for a project, with a few words if they like. One per person and project.</summary>
public sealed class Rating : ITracked
{
    public const int MinStars = 1;
    public const int MaxStars = 5;
    public const int CommentLength = 2_000;

    private Rating()
    {
    }

    public int Id { get; private set; }

    public int ProjectId { get; private set; }

    public int PersonId { get; private set; }

    public Person Person { get; private set; } = null!;

    public int Stars { get; private set; }

    public string Comment { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>Withdrawn since then.</summary>
    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; } = 1;

    int? ITracked.ProjectId => ProjectId;

    public static Rating Give(int projectId, int personId, int stars, string comment, DateTime now)
    {
        var rating = new Rating { ProjectId = projectId, PersonId = personId, CreatedAt = now };
        rating.Change(stars, comment, now);
        return rating;
    }

    /// <summary>Also of a rating that was withdrawn: it counts again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than 5 stars.</exception>
    public void Change(int stars, string comment, DateTime now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stars, MinStars);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stars, MaxStars);
        (Stars, Comment, UpdatedAt, DeletedAt) = (stars, comment, now, null);
    }

    public void Withdraw(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
