using System.ComponentModel.DataAnnotations;
using Crm.Accounts;
using Crm.Web;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Shared;

/// <summary>Shows what Markdown will look like before it is sent.</summary>
[Needs(Right.SeeLists)]
public sealed class PreviewModel : CrmPage
{
    private const int Longest = 20_000;

    [BindProperty(Name = "body")]
    [Display(Name = "The text")]
    [Prose(Longest)]
    public string? Body { get; set; }

    public string? Error => FirstError;

    public IActionResult OnPost() => ModelState.IsValid ? Page() : Invalid();
}
