using System.Globalization;
using System.Text.Json;
using Crm.Timeline;

namespace Crm.Imports.Trello;

/// <summary>Finds what was said on the cards among a board's actions.</summary>
internal sealed class CommentReader
{
    private static readonly HashSet<string> Kinds = ["commentCard", "copyCommentCard"];

    private readonly Dictionary<string, List<JsonElement>> _byCard;
    private readonly Notes _notes;
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private int _older;

    public CommentReader(JsonElement board, Notes notes)
    {
        _notes = notes;
        _byCard = board.Rows("actions")
            .Where(a => Kinds.Contains(a.Text("type") ?? ""))
            .GroupBy(CardOf, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
    }

    /// <summary>The comments of a card, oldest first.</summary>
    /// <param name="expected">How many Trello says there are; an export holds only the newest 1,000 actions.</param>
    public List<CardComment> Take(string cardId, string title, DateTime? cardMade, int expected)
    {
        _byCard.Remove(cardId, out var actions);
        _older += Math.Max(0, expected - (actions?.Count ?? 0));
        return [.. (actions ?? []).SelectMany(a => Read(a, title, cardMade)).OrderBy(c => c.At)];
    }

    /// <summary>Says what no card has taken.</summary>
    public void NoteTheRest()
    {
        foreach (var (_, actions) in _byCard)
        {
            var name = KeptText.Line(actions[0].Part("data").Part("card").Text("name"));
            _notes.Add($"Comments on the card “{KeptText.Cut(name, 100)}”, which is not in the file: {actions.Count}.");
        }

        if (_older > 0)
        {
            _notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{_older:N0} older {(_older == 1 ? "comment is" : "comments are")} not in the file: Trello exports only the newest 1,000 actions of a board."));
        }
    }

    private static string CardOf(JsonElement action) => action.Part("data").Part("card").Text("id") ?? action.Part("data").Text("idCard") ?? "";

    private IEnumerable<CardComment> Read(JsonElement action, string title, DateTime? cardMade)
    {
        var data = action.Part("data");
        var body = KeptText.Prose(data.Text("text"));
        var id = action.Text("id");
        var author = action.Text("idMemberCreator") ?? action.Part("memberCreator").Text("id") ?? BoardPeople.Unknown;
        var key = Keys.Of(id, CardOf(action), author, action.Text("date"), body);
        if (string.IsNullOrWhiteSpace(body) || !_keys.Add(key))
        {
            _notes.Add($"A comment on “{title}” {(string.IsNullOrWhiteSpace(body) ? "has no words" : "stands in the file twice")}.");
            yield break;
        }

        var at = action.Moment("date") ?? Keys.TimeOf(id) ?? cardMade ?? DateTime.UnixEpoch;
        var parts = KeptText.Parts(body, Interaction.BodyLength).ToList();
        if (parts.Count > 1)
        {
            _notes.Add($"A comment on “{title}” is too long for one and was parted into {parts.Count}.");
        }

        foreach (var (part, i) in parts.Select((p, i) => (p, i)))
        {
            // A millisecond apart, so that the parts stay in their order.
            yield return new CardComment(i == 0 ? key : $"{key}:{i + 1}", author, part, at.AddMilliseconds(i), data.Moment("dateLastEdited"), i == 0);
        }
    }
}
