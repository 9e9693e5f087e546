using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Shared;

/// <summary>A person's initials on their colour: <c>&lt;avatar name="Inès Moreau" /&gt;</c>; without a name, nobody.</summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTagHelper : TagHelper
{
    public string? Name { get; set; }

    public bool Large { get; set; }

    /// <summary>The name stands beside it, so that it need not be read out twice.</summary>
    public bool Beside { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "avatar" + (Large ? " lg" : "") + (Name is null ? " none" : ""));
        if (Beside)
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Name ?? "Nobody");
            output.Attributes.SetAttribute("title", Name ?? "Nobody");
        }

        if (Name is not null)
        {
            output.Attributes.SetAttribute("data-hue", Hue.Of(Name).ToString(CultureInfo.InvariantCulture));
            output.Content.SetContent(Hue.Initials(Name));
        }
    }
}
