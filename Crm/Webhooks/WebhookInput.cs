using System.ComponentModel.DataAnnotations;
using Crm.Web;

namespace Crm.Webhooks;

/// <summary>A webhook as forms and calls write it.</summary>
public sealed record WebhookInput
{
    [Display(Name = "Name")]
    [Line(Webhook.NameLength, Required = true)]
    public string? Name { get; init; }

    [Display(Name = "What it is for")]
    [Prose(Webhook.DescriptionLength)]
    public string? Description { get; init; }

    [Display(Name = "Address")]
    [Line(Webhook.UrlLength, Required = true)]
    public string? Url { get; init; }

    /// <summary>All events, also those that come with later versions; what <see cref="Events"/> says counts no more.</summary>
    public bool Everything { get; init; }

    /// <summary>Names of events.</summary>
    [Display(Name = "Events")]
    public List<string> Events { get; init; } = [];

    public static WebhookInput Of(Webhook webhook) => new()
    {
        Name = webhook.Name,
        Description = webhook.Description,
        Url = webhook.Url,
        Everything = webhook.TakesAll,
        Events = webhook.TakesAll ? [] : webhook.Events,
    };

    /// <summary>As they are kept.</summary>
    public List<string> Chosen => Everything ? [Webhook.Everything] : WebhookEvents.InOrder(Events.Where(WebhookEvents.IsKnown));

    /// <summary>What is wrong beyond what the attributes see, by property.</summary>
    public IEnumerable<(string Property, string Words)> Mistakes(Targets targets)
    {
        if (!string.IsNullOrWhiteSpace(Url) && targets.Objection(Typed.Line(Url)) is { } objection)
        {
            yield return (nameof(Url), objection);
        }

        if (!Everything && Events.Find(e => !WebhookEvents.IsKnown(e)) is { } unknown)
        {
            yield return (nameof(Events), $"There is no event “{(unknown.Length > 40 ? unknown[..40] + "…" : unknown)}”.");
        }
        else if (Chosen.Count == 0)
        {
            yield return (nameof(Events), "Choose at least one event.");
        }
    }
}
