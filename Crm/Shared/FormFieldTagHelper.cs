using System.Globalization;
using Crm.Web;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Shared;

/// <summary>
/// One row of a form: label, control, hint, and what is wrong with it, tied together for screen readers.
/// <c>&lt;form-field for="Input.Name" hint="As clients know it" /&gt;</c>
/// </summary>
[HtmlTargetElement("form-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormFieldTagHelper : TagHelper
{
    [HtmlAttributeName("for")]
    public ModelExpression For { get; set; } = null!;

    /// <summary>Type of the input; <c>textarea</c> for several lines. Dates are found by the property's type.</summary>
    public string? Type { get; set; }

    public string? Hint { get; set; }

    public string? Autocomplete { get; set; }

    public bool Focused { get; set; }

    public int Rows { get; set; } = 5;

    /// <summary>Makes it a list of choices.</summary>
    public IEnumerable<Option>? Options { get; set; }

    /// <summary>Key under which the browser keeps what is typed until it is saved.</summary>
    public string? Draft { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = TagBuilder.CreateSanitizedId(For.Name, "_");
        var error = Error();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field-row");
        output.Content.AppendHtml(Element("label", For.Metadata.DisplayName ?? For.Metadata.Name ?? "", ("for", id)));
        output.Content.AppendHtml(Control(id, error));
        if (Hint is not null)
        {
            output.Content.AppendHtml(Element("p", Hint, ("class", "hint"), ("id", $"{id}-hint")));
        }

        if (error is not null)
        {
            output.Content.AppendHtml(Element("p", error, ("class", "error"), ("id", $"{id}-error")));
        }
    }

    private TagBuilder Control(string id, string? error)
    {
        var describedBy = string.Join(' ', new[] { error is null ? null : $"{id}-error", Hint is null ? null : $"{id}-hint" }.Where(d => d is not null));
        var control = Options is not null ? Choices() : Type == "textarea" ? Lines() : Input();
        Set(control, ("class", "input"), ("id", id), ("name", For.Name), ("autocomplete", Autocomplete), ("data-draft", Draft));
        Set(control, ("aria-invalid", error is null ? null : "true"), ("aria-describedby", describedBy.Length == 0 ? null : describedBy), ("autofocus", TakesFocus(error) ? "" : null));
        Set(control, ("required", Type == "password" ? "" : null));
        return control;
    }

    private TagBuilder Input()
    {
        var isDate = For.Metadata.UnderlyingOrModelType == typeof(DateOnly);
        var type = Type ?? (isDate ? "date" : "text");
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        Set(input, ("type", type), ("value", type == "password" ? null : Value()));
        return input;
    }

    private TagBuilder Lines()
    {
        var area = Element("textarea", "\n" + Value());
        Set(area, ("rows", Rows.ToString(CultureInfo.InvariantCulture)));
        return area;
    }

    private TagBuilder Choices()
    {
        var select = new TagBuilder("select");
        var chosen = Value();
        foreach (var option in Options!)
        {
            select.InnerHtml.AppendHtml(Element("option", option.Text, ("value", option.Value), ("selected", option.Value == chosen ? "" : null)));
        }

        return select;
    }

    private string Value() => ViewContext.ModelState.TryGetValue(For.Name, out var state) && state.AttemptedValue is { } typed
        ? typed
        : For.Model switch
        {
            null => "",
            DateOnly day => Day.Text(day),
            var model => Convert.ToString(model, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>After a refusal the first field with a mistake, otherwise the one that says so; never two.</summary>
    private bool TakesFocus(string? error)
    {
        var wanted = ViewContext.ModelState.ErrorCount > 0 ? error is not null : Focused;
        return wanted && ViewContext.HttpContext.Items.TryAdd(typeof(FormFieldTagHelper), null);
    }

    private string? Error() =>
        ViewContext.ModelState.TryGetValue(For.Name, out var state) ? state.Errors.FirstOrDefault()?.ErrorMessage : null;

    private static TagBuilder Element(string name, string text, params (string Name, string? Value)[] attributes)
    {
        var element = new TagBuilder(name);
        element.InnerHtml.Append(text);
        Set(element, attributes);
        return element;
    }

    private static void Set(TagBuilder element, params (string Name, string? Value)[] attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                element.MergeAttribute(name, value);
            }
        }
    }
}
