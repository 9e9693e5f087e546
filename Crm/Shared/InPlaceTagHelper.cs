using System.Globalization;
using System.Text.Encodings.Web;
using Crm.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Shared;

/// <summary>
/// A value and, for those who may, the button that edits it in place: <c>&lt;in-place field="…" /&gt;</c>. A list draws hundreds
/// of these, so it is written in C#: a partial costs a view each.
/// </summary>
[HtmlTargetElement("in-place", TagStructure = TagStructure.WithoutEndTag)]
public sealed class InPlaceTagHelper(HtmlEncoder encoder) : TagHelper
{
    public FieldView Field { get; set; } = null!;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    private bool IsMarkdown => Field.Input == FieldKind.Markdown;

    private bool IsEmpty => string.IsNullOrWhiteSpace(Field.Shown.Text);

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Field.IsHeading ? "field title" : Field.IsRow ? "field t" : "field");
        output.Attributes.SetAttribute("id", Field.ElementId);
        var content = output.Content;
        if (IsMarkdown)
        {
            content.AppendHtml("<div class=\"prose\">").AppendHtml(Markdown.ToHtml(Field.Shown.Text, under: 1)).AppendHtml("</div>");
        }

        content.AppendHtml(Field.IsHeading ? "<h1>" : "");
        Value(content);
        content.AppendHtml(Field.IsHeading ? "</h1>" : "");
    }

    private void Value(TagHelperContent content)
    {
        if (Field.CanEdit)
        {
            Button(content);
        }
        else if (!IsMarkdown && IsEmpty)
        {
            content.AppendHtml("<span class=\"muted\">None</span>");
        }
        else if (!IsMarkdown)
        {
            Shown(content, Field.Shown);
        }
    }

    private void Button(TagHelperContent content)
    {
        var isBeside = IsMarkdown && !IsEmpty;
        var look = isBeside ? "edit-btn btn quiet" : IsEmpty ? "edit empty" : "edit";
        content.AppendHtml($"<button class=\"{look}\" form=\"go\" formaction=\"{Field.Url}\" hx-get=\"{Field.Url}\" hx-target=\"#{Field.ElementId}\" hx-swap=\"outerHTML\">");
        var label = encoder.Encode(Field.Label.ToLowerInvariant());
        if (isBeside)
        {
            content.AppendHtml(IconTagHelper.Draw(ViewContext, "pencil")).AppendHtml($" Edit {label}</button>");
            return;
        }

        if (IsEmpty)
        {
            content.Append(Field.Empty);
        }
        else
        {
            Shown(content, Field.Shown);
        }

        content.AppendHtml($"<span class=\"visually-hidden\">, edit {label}</span></button>");
    }

    private static void Shown(TagHelperContent content, Shown shown)
    {
        if (shown.Person is not null)
        {
            content.AppendHtml(AvatarTagHelper.Draw(shown.Person, large: false, beside: true)).AppendHtml(" ");
        }

        if (shown.Labels is null)
        {
            content.AppendHtml(Span(shown.Tone is null ? "shown" : $"tag {shown.Tone}", shown.Text));
            return;
        }

        foreach (var label in shown.Labels)
        {
            var chip = Span("label", label);
            chip.MergeAttribute("data-hue", Hue.Of(label).ToString(CultureInfo.InvariantCulture));
            content.AppendHtml(chip).AppendHtml(" ");
        }
    }

    private static TagBuilder Span(string look, string words)
    {
        var span = new TagBuilder("span");
        span.MergeAttribute("class", look);
        span.InnerHtml.Append(words);
        return span;
    }
}
