using System.Globalization;
using Crm.Accounts;
using Microsoft.AspNetCore.Mvc.Rendering;
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
        output.TagName = null;
        output.Content.SetHtmlContent(Draw(Name, Large, Beside));
    }

    internal static TagBuilder Draw(string? name, bool large, bool beside)
    {
        var avatar = new TagBuilder("span");
        avatar.MergeAttribute("class", "avatar" + (large ? " lg" : "") + name switch { null => " none", Person.FormerName => " more", _ => "" });
        foreach (var (attribute, value) in beside
            ? [("aria-hidden", "true")]
            : new[] { ("role", "img"), ("aria-label", name ?? "Nobody"), ("title", name ?? "Nobody") })
        {
            avatar.MergeAttribute(attribute, value);
        }

        if (name is not null)
        {
            avatar.MergeAttribute("data-hue", Hue.Of(name).ToString(CultureInfo.InvariantCulture));
            avatar.InnerHtml.Append(Hue.Initials(name));
        }

        return avatar;
    }
}
