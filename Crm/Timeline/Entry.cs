namespace Crm.Timeline;

/// <summary>One entry of a thread, for one reader.</summary>
/// <param name="Body">Empty when deleted.</param>
/// <param name="IsMine">The reader may change its words.</param>
/// <param name="MayDelete">The reader may delete it and take that back.</param>
/// <param name="Total">How many entries its thread has, without deleted ones.</param>
public sealed record Entry(
    int Id,
    string Author,
    bool IsByClient,
    string Body,
    DateTime CreatedAt,
    DateTime? EditedAt,
    DateTime? DeletedAt,
    string? DeletedBy,
    bool IsMine,
    bool MayDelete,
    int Total)
{
    public string ElementId => $"comment-{Id}";

    public string Url => $"/comments/{Id}";
}

/// <summary>A form that takes a comment: the composer at the end of a thread, or an entry that is being edited.</summary>
public sealed record CommentForm(string ElementId, string Action, string Target, string DraftKey, string Body)
{
    /// <summary>Zero for a new comment.</summary>
    public int Version { get; init; }

    /// <summary>Null for a new comment.</summary>
    public string? CancelUrl { get; init; }

    public string? Error { get; init; }

    /// <summary>What the comment says by now, when it was changed meanwhile in another window.</summary>
    public string? Theirs { get; init; }

    public static CommentForm New(ThreadPlace place, string body = "", string? error = null) =>
        new("composer", place.CommentsUrl, "this", $"thread-{place.Kind}-{place.RecordId}", body) { Error = error };

    public static CommentForm Edit(Interaction comment, string body) =>
        new($"comment-{comment.Id}-form", $"/comments/{comment.Id}/edit", $"#comment-{comment.Id}", $"comment-{comment.Id}", body)
        {
            Version = comment.Version,
            CancelUrl = $"/comments/{comment.Id}",
        };
}

/// <summary>An entry whose words are being changed in place.</summary>
public sealed record EntryForm(Entry Entry, CommentForm Form);
