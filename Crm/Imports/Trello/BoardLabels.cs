using System.Text.Json;
using Crm.Tasks;

namespace Crm.Imports.Trello;

/// <summary>The labels of a board. One without a name is called by its colour.</summary>
internal sealed class BoardLabels(JsonElement board)
{
    private readonly Dictionary<string, JsonElement> _byId = board.Rows("labels")
        .Where(l => l.Text("id") is not null)
        .GroupBy(l => l.Text("id")!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    public IReadOnlyList<string> Of(JsonElement card, CardText text)
    {
        var own = card.Rows("labels").ToList();
        var known = own.Select(l => l.Text("id")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var named = card.Texts("idLabels").Where(id => !known.Contains(id)).Select(id => _byId.GetValueOrDefault(id));
        return [.. own.Concat(named).Select(l => Name(l, text)).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string Name(JsonElement label, CardText text)
    {
        var name = KeptText.Line(label.Text("name"));
        if (name.Length == 0)
        {
            name = KeptText.Line(label.Text("color")).Replace('_', ' ');
        }

        if (name.Length > ProjectTask.LabelLength)
        {
            text.KeepInFull("A label", name);
        }

        return KeptText.Cut(name, ProjectTask.LabelLength);
    }
}
