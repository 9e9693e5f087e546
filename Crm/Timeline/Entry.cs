using Crm.Accounts;

namespace Crm.Timeline;

/// <summary>One entry of a thread, for one reader.</summary>
/// <param name="ShowsAudience">The reader is told who sees it.</param>
/// <param name="Quote">What it answers, if the reader may see that.</param>
/// <param name="Body">Empty when deleted.</param>
/// <param name="ThreadUrl">Where it can be answered; null when it cannot.</param>
/// <param name="IsMine">The reader may change its words.</param>
/// <param name="MayDelete">The reader may delete it and take that back.</param>
/// <param name="MayShare">The reader may choose who sees it.</param>
/// <param name="Total">How many entries its thread has, without deleted ones.</param>
public sealed record Entry(
    int Id,
    string Author,
    bool IsByClient,
    Audience Audience,
    bool ShowsAudience,
    Quote? Quote,
    string Body,
    DateTime CreatedAt,
    DateTime? EditedAt,
    DateTime? DeletedAt,
    string? DeletedBy,
    string? ThreadUrl,
    bool IsMine,
    bool MayDelete,
    bool MayShare,
    int Total)
{
    /// <summary>
    /// What its author sees of a comment that was written a moment ago, as <see cref="InteractionQueries.AsEntries"/> reads it
    /// for everybody later: all of it is known, and the question costs as much as the writing.
    /// </summary>
    /// <param name="answered">What it answers, with its author.</param>
    public static Entry JustWritten(Interaction comment, ThreadPlace place, Interaction? answered, CurrentUser author, int total) => new(
        comment.Id,
        author.Name,
        IsByClient: !author.IsTeam,
        comment.Audience,
        place.OffersAudience,
        answered is null ? null : Quote.Of(answered),
        comment.Body,
        comment.CreatedAt,
        EditedAt: null,
        DeletedAt: null,
        DeletedBy: null,
        place.CommentsUrl,
        IsMine: true,
        MayDelete: true,
        MayShare: place.OffersAudience && (answered is null || answered.Audience != comment.Audience),
        total);

    public string ElementId => $"comment-{Id}";

    public string Url => $"/comments/{Id}";

    public string ReplyUrl => $"{ThreadUrl}?reply={Id}";

    public bool IsClientVisible => Audience == Audience.ClientVisible;

    /// <summary>The audience that it does not have.</summary>
    public Audience Other => IsClientVisible ? Audience.TeamOnly : Audience.ClientVisible;
}

/// <summary>A form that takes a comment: the composer at the end of a thread, or an entry that is being edited.</summary>
public sealed record CommentForm(string ElementId, string Action, string Target, string DraftKey, string Body)
{
    /// <summary>Of a new comment: whether the writer chooses who sees it.</summary>
    public bool OffersAudience { get; init; }

    public Audience Audience { get; init; }

    /// <summary>Says who sees it where that is no choice.</summary>
    public string? AudienceHint { get; init; }

    /// <summary>What a new comment answers.</summary>
    public Quote? Reply { get; init; }

    /// <summary>Zero for a new comment.</summary>
    public int Version { get; init; }

    /// <summary>Null for a new comment.</summary>
    public string? CancelUrl { get; init; }

    public string? Error { get; init; }

    /// <summary>What the comment says by now, when it was changed meanwhile in another window.</summary>
    public string? Theirs { get; init; }

    /// <param name="reply">The entry that it answers, with its author.</param>
    public static CommentForm New(ThreadPlace place, Interaction? reply = null) =>
        new("composer", place.CommentsUrl, "this", $"thread-{place.Kind}-{place.RecordId}", "")
        {
            OffersAudience = place.OffersAudience && reply is null,
            AudienceHint = Hint(place, reply),
            Reply = reply is null ? null : Quote.Of(reply),
        };

    public static CommentForm Edit(Interaction comment, string body) =>
        new($"comment-{comment.Id}-form", $"/comments/{comment.Id}/edit", $"#comment-{comment.Id}", $"comment-{comment.Id}", body)
        {
            Version = comment.Version,
            CancelUrl = $"/comments/{comment.Id}",
        };

    private static string? Hint(ThreadPlace place, Interaction? reply) => (place, reply) switch
    {
        ({ IsForTeam: false }, _) => "The team and the clients of this project see it.",
        ({ IsShared: false }, _) => "Only the team sees this task, and so what is said about it.",
        (_, { Audience: Audience.ClientVisible }) => "Clients see your answer, as they see what it answers.",
        (_, { }) => "Only the team sees your answer, like what it answers.",
        _ => null,
    };
}

/// <summary>An entry whose words are being changed in place.</summary>
public sealed record EntryForm(Entry Entry, CommentForm Form);
