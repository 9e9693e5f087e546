using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Shared;

/// <summary><c>&lt;markdown text="@project.Description" /&gt;</c></summary>
[HtmlTargetElement("markdown", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MarkdownTagHelper : TagHelper
{
    public string? Text { get; set; }

    /// <summary>Level of the heading that the text stands under.</summary>
    public int Under { get; set; } = 2;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "prose");
        output.Content.SetHtmlContent(Markdown.ToHtml(Text, Under));
    }
}
