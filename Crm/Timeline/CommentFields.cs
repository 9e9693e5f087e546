using Crm.Tasks;
using Crm.Web;

namespace Crm.Timeline;

/// <summary>What of a comment can be changed.</summary>
public static class CommentFields
{
    public static readonly Field<Interaction> Body = new()
    {
        Name = "body",
        Label = "The comment",
        Kind = FieldKind.Markdown,
        Property = nameof(Interaction.Body),
        Rule = new ProseAttribute(Interaction.BodyLength) { Required = true },
        Read = c => c.Body,
        Write = (c, typed, clock) =>
        {
            c.Reword(typed, clock.Now);
            return null;
        },
        Show = (c, _) => new Shown(c.Body),
    };

    /// <summary>Needs the comment's task and what it answers.</summary>
    public static readonly Field<Interaction> Audience = new()
    {
        Name = "audience",
        Label = "Who sees it",
        Kind = FieldKind.Choice,
        Property = nameof(Interaction.Audience),
        Options = (_, _, _) => Task.FromResult(TaskWords.Audiences.Select(a => new Option(a.Slug(), a.Label())).ToList()),
        Read = c => c.Audience.Slug(),
        Text = audience => ((Audience)audience).Slug(),
        Write = (c, typed, _) => ShowTo(c, TaskWords.ParseAudience(typed)),
        Show = (c, _) => c.Audience.Show(),
    };

    public static readonly IReadOnlyList<Field<Interaction>> All = [Body, Audience];

    /// <returns>Why it cannot be, or null.</returns>
    public static string? ShowTo(Interaction comment, Audience? audience)
    {
        if (Mistake(comment, audience) is { } words)
        {
            return words;
        }

        comment.ShowTo(audience!.Value);
        return null;
    }

    private static string? Mistake(Interaction comment, Audience? audience) => audience switch
    {
        null => "There is no such audience.",
        _ when comment.Task is { Audience: Timeline.Audience.TeamOnly } => "Clients do not see this task. Make it client-visible first, then what is said about it.",
        _ when comment.CanBeShownTo(audience.Value) => null,
        Timeline.Audience.ClientVisible => "It answers a comment that only the team sees. Make that one client-visible first.",
        _ => "It answers a comment that clients see, so they see the answer too.",
    };
}
