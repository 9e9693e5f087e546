using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Webhooks;

/// <summary>The form in which a webhook is made or changed.</summary>
public abstract class WebhookForm(Targets targets) : CrmPage
{
    [BindProperty]
    public WebhookInput Input { get; set; } = new();

    /// <summary>What is wrong with the chosen events.</summary>
    public string? EventsError => ModelState["Input.Events"]?.Errors.FirstOrDefault()?.ErrorMessage;

    /// <summary>What somebody else wrote while the form was open.</summary>
    public IReadOnlyList<FormConflict> Conflicts { get; protected set; } = [];

    public long? SeenHere { get; protected set; }

    public abstract string BackUrl { get; }

    public abstract string Verb { get; }

    /// <summary>Judges what was typed.</summary>
    /// <returns>False when something is wrong with it; the form says what.</returns>
    protected bool Judge()
    {
        foreach (var (property, words) in Input.Mistakes(targets))
        {
            ModelState.AddModelError($"Input.{property}", words);
        }

        return ModelState.IsValid;
    }
}
