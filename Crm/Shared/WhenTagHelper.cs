using System.Globalization;
using Crm.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Shared;

/// <summary>A moment as people say it, with the full time as its title: <c>&lt;when at="comment.CreatedAt" /&gt;</c>.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(Clock clock) : TagHelper
{
    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", clock.Full(At));
        output.Content.SetContent(clock.Ago(At));
    }
}
