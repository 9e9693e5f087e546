using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Shared;

/// <summary>Draws a symbol of the sprite: <c>&lt;icon name="check" /&gt;</c>. Pictures only; the words stand beside it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    private const string Sprite = "icons.svg";

    public string Name { get; set; } = "";

    public bool Large { get; set; }

    /// <summary>A further class, such as <c>on</c> for a filled star.</summary>
    public string? Tone { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Draw(ViewContext, Name, string.Join(' ', new[] { Large ? "lg" : null, Tone }.Where(c => c is not null))));
    }

    internal static HtmlString Draw(ViewContext view, string name, string tone = "")
    {
        var assets = view.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>();
        var look = tone.Length == 0 ? "icon" : $"icon {tone}";
        return new HtmlString($"<svg class=\"{look}\" aria-hidden=\"true\"><use href=\"/{assets?[Sprite] ?? Sprite}#{name}\"/></svg>");
    }
}
