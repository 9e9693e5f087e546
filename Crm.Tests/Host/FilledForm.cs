using AngleSharp.Html.Dom;

namespace Crm.Tests.Host;

/// <summary>A form as it stood on a page, with what a person typed into it. May be sent more than once, as browsers do.</summary>
public sealed class FilledForm
{
    private readonly Dictionary<string, string> _values;

    /// <param name="page">Where the form stands.</param>
    /// <param name="path">Of that page, for a form without an action.</param>
    public FilledForm(Answer page, string path, string selector, params (string Name, string Value)[] typed)
    {
        var form = page.Html.QuerySelector(selector) as IHtmlFormElement ?? throw new InvalidOperationException($"There is no form {selector} on {path}.");
        Action = form.GetAttribute("action") ?? path;
        _values = form.Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Type == "hidden" && input.Name is not (null or "_token"))
            .ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in typed)
        {
            _values[name] = value;
        }
    }

    public string Action { get; }

    public (string Name, string Value)[] Values => [.. _values.Select(v => (v.Key, v.Value))];

    public FilledForm With(string name, string value)
    {
        _values[name] = value;
        return this;
    }

    public Task<Answer> SendAsync(Visitor browser) => browser.PostAsync(Action, Values);

    public Task<Answer> SendByHtmxAsync(Visitor browser) => browser.PostFragmentAsync(Action, Values);
}
