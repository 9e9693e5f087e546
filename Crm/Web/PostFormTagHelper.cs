using Crm.Web.Caching;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Web;

/// <summary>
/// Puts into every form that posts the anti-forgery token, which the framework's own tag helper leaves out as soon as a form
/// has an <c>action</c>, and the key by which it is carried out once (<see cref="Once"/>).
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostFormTagHelper(IHtmlGenerator html) : TagHelper
{
    /// <summary>After the framework's form (-1000), before its end of the form (-900): in between it is known whether a token is there.</summary>
    public override int Order => -950;

    /// <summary>False for what may be done as often as it is sent.</summary>
    [HtmlAttributeName("once")]
    public bool IsOnce { get; set; } = true;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // Nothing when the framework has put one in already.
        if (html.GenerateAntiforgery(ViewContext) is { } token)
        {
            output.PostContent.AppendHtml(token);
        }

        if (IsOnce)
        {
            // Kept out of what a browser fills in again after a reload: the key of a form that was sent is spent.
            output.PostContent.AppendHtml($"<input name=\"{Once.Field}\" type=\"hidden\" autocomplete=\"off\" value=\"{OnceKeys.Make(ViewContext.HttpContext)}\" />");
        }
    }
}
