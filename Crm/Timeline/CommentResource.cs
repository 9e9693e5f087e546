using System.ComponentModel.DataAnnotations;
using Crm.Projects;
using Crm.Shared;
using Crm.Web;
using Crm.Web.Api;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Timeline;

/// <summary>A comment as the API shows it.</summary>
/// <param name="TaskId">Null for what was said about the project as a whole.</param>
/// <param name="IsByClient">Its author is a client now.</param>
/// <param name="Audience">Clients see it when its task is client-visible too.</param>
/// <param name="ReplyToId">The comment of the same thread that it answers, if the caller may see that; it may be deleted by now.</param>
/// <param name="Body">Markdown.</param>
/// <param name="EditedAt">Null while it says what it said at first.</param>
/// <param name="Version">Grows with each change; the ETag begins with it.</param>
public sealed record CommentResource(
    int Id,
    int ProjectId,
    int? TaskId,
    PersonName Author,
    bool IsByClient,
    Audience Audience,
    int? ReplyToId,
    string Body,
    DateTime CreatedAt,
    DateTime? EditedAt,
    int Version)
{
    /// <summary>The body as HTML that cannot harm: raw HTML in it is text, and its headings begin at the third level.</summary>
    public string Html => (Markdown.ToHtml(Body) as HtmlString)?.Value ?? "";
}

/// <summary>The orders of a thread.</summary>
public enum CommentOrder
{
    Oldest,
    Newest,
}

/// <summary>How a thread is to be listed.</summary>
public sealed record CommentQuery
{
    /// <summary>The oldest first, which is the default, or the newest.</summary>
    [FromQuery(Name = "sort")]
    public Choice<CommentOrder>? Sort { get; init; }
}

/// <summary>What it takes to say something.</summary>
public sealed record CreateComment
{
    /// <summary>Markdown.</summary>
    [Display(Name = "The comment")]
    [Prose(Interaction.BodyLength, Required = true)]
    public string? Body { get; init; }

    /// <summary>Who sees it. When it is not sent: what a client says, everybody; an answer, whoever sees what it answers; all else, the team alone.</summary>
    public Audience? Audience { get; init; }

    /// <summary>The comment of the same thread that it answers.</summary>
    public int? ReplyToId { get; init; }
}

/// <summary>What of a comment can be changed. What is not sent stays as it is.</summary>
public sealed record CommentPatch
{
    /// <summary>Markdown. Only its author may change it.</summary>
    [Display(Name = "The comment")]
    [Prose(Interaction.BodyLength, Required = true)]
    public string? Body { get; init; }

    /// <summary>Whether clients see it; for the team to choose, and not of what a client said.</summary>
    public Audience? Audience { get; init; }
}
