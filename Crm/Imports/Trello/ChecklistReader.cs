using System.Globalization;
using System.Text.Json;
using Crm.Tasks;

namespace Crm.Imports.Trello;

/// <summary>Reads the checklists of a board, which stand beside its cards.</summary>
internal sealed class ChecklistReader(JsonElement board, Notes notes)
{
    private readonly Dictionary<string, List<JsonElement>> _byCard = board.Rows("checklists")
        .GroupBy(c => c.Text("idCard") ?? "", StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public List<CardChecklist> Take(JsonElement card, string cardId, CardText text)
    {
        _byCard.Remove(cardId, out var checklists);
        var all = (checklists ?? []).Concat(card.Rows("checklists").Where(c => checklists?.Any(k => k.Text("id") == c.Text("id")) != true));
        return [.. InOrder(all).Select((c, i) => Read(c, cardId, i, text)).OfType<CardChecklist>()];
    }

    public void NoteTheRest()
    {
        foreach (var checklist in _byCard.Values.SelectMany(c => c))
        {
            notes.Add($"The checklist “{KeptText.Cut(KeptText.Line(checklist.Text("name")), 100)}” belongs to a card that is not in the file.");
        }
    }

    private CardChecklist? Read(JsonElement checklist, string cardId, int place, CardText text)
    {
        var full = KeptText.Line(checklist.Text("name"));
        var key = Keys.Of(checklist.Text("id"), cardId, full, place.ToString(CultureInfo.InvariantCulture));
        if (!_keys.Add(key))
        {
            text.Note("A checklist stands in the file twice; the first one was taken.");
            return null;
        }

        if (full.Length > Checklist.NameLength)
        {
            text.KeepInFull("The name of a checklist", full);
        }

        var name = KeptText.Cut(full.Length == 0 ? "Checklist" : full, Checklist.NameLength);
        return new CardChecklist(key, name, [.. InOrder(checklist.Rows("checkItems")).Select((item, i) => ReadItem(item, key, i, text)).OfType<CheckItem>()]);
    }

    private CheckItem? ReadItem(JsonElement item, string checklistKey, int place, CardText text)
    {
        var full = KeptText.Line(item.Text("name"));
        var key = Keys.Of(item.Text("id"), checklistKey, full, place.ToString(CultureInfo.InvariantCulture));
        if (!_keys.Add(key))
        {
            text.Note("An item of a checklist stands in the file twice; the first one was taken.");
            return null;
        }

        if (full.Length > ChecklistItem.TextLength)
        {
            text.KeepInFull("An item of a checklist", full);
        }

        if ((item.Text("due") ?? item.Text("idMember")) is not null)
        {
            text.Note($"The due date or person of the checklist item “{KeptText.Cut(full, 100)}” is not kept.");
        }

        var isDone = string.Equals(item.Text("state"), "complete", StringComparison.OrdinalIgnoreCase);
        return new CheckItem(key, KeptText.Cut(full.Length == 0 ? "Untitled" : full, ChecklistItem.TextLength), isDone);
    }

    private static IEnumerable<JsonElement> InOrder(IEnumerable<JsonElement> rows) => rows.OrderBy(r => r.Number("pos") ?? double.MaxValue);
}
