using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Web;

/// <summary>
/// Puts the anti-forgery token into every form that posts. The framework's own tag helper leaves it out as soon as a form
/// has an <c>action</c>.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostFormTagHelper(IHtmlGenerator html) : TagHelper
{
    /// <summary>After the framework's form (-1000), before its end of the form (-900): in between it is known whether a token is there.</summary>
    public override int Order => -950;

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
    }
}
