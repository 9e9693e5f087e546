using System.Globalization;
using System.Text.Json;

namespace Crm.Imports.Trello;

/// <summary>What a card has and a task has no field for, as Markdown for its description.</summary>
internal sealed class CardDetails(JsonElement board)
{
    private readonly Dictionary<string, JsonElement> _fields = board.Rows("customFields")
        .Where(f => f.Text("id") is not null)
        .GroupBy(f => f.Text("id")!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    public IEnumerable<string> Of(JsonElement card)
    {
        var facts = string.Join("\n", Facts(card).Select(f => $"- {f.Name}: {f.Value}"));
        if (facts.Length > 0)
        {
            yield return facts;
        }

        var links = string.Join("\n", card.Rows("attachments").Select(Link).Where(l => l.Length > 0).Select(l => "- " + l));
        if (links.Length > 0)
        {
            yield return "**Attachments**\n\n" + links;
        }
    }

    private IEnumerable<(string Name, string Value)> Facts(JsonElement card)
    {
        if (card.Moment("start") is { } start)
        {
            yield return ("Start", start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        var place = string.Join(", ", new[] { card.Text("locationName"), card.Text("address") }.Select(KeptText.Line).Where(t => t.Length > 0));
        if (place.Length > 0)
        {
            yield return ("Place", place);
        }

        foreach (var item in card.Rows("customFieldItems"))
        {
            var field = _fields.GetValueOrDefault(item.Text("idCustomField") ?? "");
            if (Value(item, field) is { Length: > 0 } value)
            {
                yield return (KeptText.Line(field.Text("name")) is { Length: > 0 } name ? name : "Field", value);
            }
        }
    }

    private static string Value(JsonElement item, JsonElement field)
    {
        var value = item.Part("value");
        var chosen = field.Rows("options").FirstOrDefault(o => o.Text("id") is { } id && id == item.Text("idValue"));
        return KeptText.Line(value.Text("text") ?? value.Text("number") ?? value.Text("date") ?? value.Text("option")
            ?? (value.Flag("checked") ? "yes" : chosen.Part("value").Text("text")));
    }

    private static string Link(JsonElement attachment)
    {
        var name = KeptText.Line(attachment.Text("name")).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
        var url = KeptText.Line(attachment.Text("url"));
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return string.Join(' ', new[] { name, url }.Where(t => t.Length > 0).Distinct(StringComparer.Ordinal));
        }

        // Escaped, so that nothing in it ends the link early.
        var target = address.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
        return name.Length == 0 || name == url ? $"<{target}>" : $"[{name}]({target})";
    }
}
