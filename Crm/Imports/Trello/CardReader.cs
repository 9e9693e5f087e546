using System.Text.Json;
using Crm.Tasks;

namespace Crm.Imports.Trello;

/// <summary>Reads the cards of a board, list by list.</summary>
internal sealed class CardReader(
    JsonElement board, string boardKey, IReadOnlyDictionary<string, BoardList> lists, CommentReader comments, Notes notes)
{
    // Lists stand one behind the other in the order of a status, each with room for all that its cards' places may be.
    private const double ListRoom = 1e10;

    private readonly BoardLabels _labels = new(board);
    private readonly CardDetails _details = new(board);
    private readonly ChecklistReader _checklists = new(board, notes);
    private readonly Dictionary<string, string> _creators = Creators(board);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private double _last;

    public List<Card> Read()
    {
        var cards = board.Rows("cards")
            .Select(card => (Card: card, List: ListOf(card)))
            .OrderBy(c => c.List.Rank)
            .ThenBy(c => c.Card.Number("pos") ?? double.MaxValue)
            .Select(c => Read(c.Card, c.List))
            .OfType<Card>()
            .ToList();
        _checklists.NoteTheRest();
        return cards;
    }

    private Card? Read(JsonElement card, BoardList list)
    {
        var id = card.Text("id") ?? card.Text("shortLink");
        var full = KeptText.Line(card.Text("name"));
        var key = Keys.Of(id, boardKey, list.Name, full);
        var title = KeptText.Cut(full.Length == 0 ? "Untitled" : full, ProjectTask.TitleLength);
        if (!_keys.Add(key))
        {
            notes.Add($"The card “{title}” stands in the file twice; the first one was taken.");
            return null;
        }

        var text = new CardText(title, notes);
        if (full.Length > ProjectTask.TitleLength)
        {
            text.KeepInFull("Title", full);
        }

        if (card.Text("due") is { } due && card.Moment("due") is null)
        {
            notes.Add($"The due date of “{title}” cannot be read: {KeptText.Cut(KeptText.Line(due), 100)}");
        }

        var made = Keys.TimeOf(card.Text("id"));
        var said = comments.Take(id ?? key, title, made, (int)(card.Part("badges").Number("comments") ?? 0));
        var labels = _labels.Of(card, text);
        var checklists = _checklists.Take(card, id ?? key, text);
        var (description, rest) = text.Around(KeptText.Prose(card.Text("desc")), _details.Of(card), key, made);
        return new Card(
            key,
            title,
            description,
            list,
            card.Flag("dueComplete"),
            card.Flag("closed") || list.IsArchived,
            Place(card, list),
            card.Moment("due"),
            made,
            _creators.GetValueOrDefault(id ?? ""),
            card.Moment("dateLastActivity"),
            labels,
            [.. card.Texts("idMembers").Where(m => m.Length > 0).Distinct(StringComparer.Ordinal)],
            checklists,
            [.. rest, .. said]);
    }

    private BoardList ListOf(JsonElement card)
    {
        if (lists.TryGetValue(card.Text("idList") ?? "", out var list))
        {
            return list;
        }

        notes.Add($"The list of the card “{KeptText.Cut(KeptText.Line(card.Text("name")), 100)}” is not in the file; it arrives as to do.");
        return new BoardList("", "", Crm.Tasks.TaskStatus.ToDo, IsArchived: false, lists.Count);
    }

    /// <summary>Cards are read in their order, so that each stands behind the one before even where the file gives no places.</summary>
    private double Place(JsonElement card, BoardList list)
    {
        var place = (list.Rank * ListRoom) + Math.Clamp(card.Number("pos") ?? 0, 0, ListRoom - 1);
        return _last = Math.Max(place, _last + 1);
    }

    private static Dictionary<string, string> Creators(JsonElement board)
    {
        var creators = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var action in board.Rows("actions").Where(a => a.Text("type") is "createCard" or "copyCard" or "convertToCardFromCheckItem" or "emailCard"))
        {
            if (action.Part("data").Part("card").Text("id") is { } card && action.Text("idMemberCreator") is { } creator)
            {
                creators[card] = creator;
            }
        }

        return creators;
    }
}
