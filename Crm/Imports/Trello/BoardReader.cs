using System.Text.Json;
using Crm.Projects;
using Crm.Tasks;

namespace Crm.Imports.Trello;

/// <summary>Makes a <see cref="Board"/> of what an export says.</summary>
internal static class BoardReader
{
    /// <param name="mended">Places where the file held no text at all.</param>
    public static Board Read(JsonElement json, int mended)
    {
        if (!IsBoard(json))
        {
            throw new ImportRefusedException("This JSON is no Trello board: it has no lists and cards. In Trello, open the board's menu, choose Print, export and share, then Export as JSON.");
        }

        var notes = new Notes();
        if (mended > 0)
        {
            notes.Add($"Characters that cannot be read, replaced by a sign: {mended:N0}.");
        }

        var name = KeptText.Line(json.Text("name"));
        var key = Keys.Of(json.Text("id"), json.Text("shortLink"), name);
        var lists = Lists(json, notes);
        var people = new BoardPeople(json);
        var comments = new CommentReader(json, notes);
        var cards = new CardReader(json, key, lists, comments, notes).Read();
        comments.NoteTheRest();
        return new Board(
            key,
            Name(name, notes),
            Description(json, name, notes),
            json.Flag("closed"),
            json.Moment("dateLastActivity"),
            [.. lists.Values.OrderBy(l => l.Rank)],
            cards,
            people.All(cards, notes),
            notes.All);
    }

    private static bool IsBoard(JsonElement json) =>
        json.Part("cards").ValueKind == JsonValueKind.Array
        && (json.Part("lists").ValueKind == JsonValueKind.Array || json.Text("shortLink") is not null || IsOfTrello(json.Text("url")))
        && (json.Text("id") ?? json.Text("shortLink") ?? json.Text("name")) is not null;

    private static bool IsOfTrello(string? url) => url?.Contains("trello.com", StringComparison.OrdinalIgnoreCase) == true;

    private static Dictionary<string, BoardList> Lists(JsonElement json, Notes notes)
    {
        var lists = new Dictionary<string, BoardList>(StringComparer.Ordinal);
        foreach (var (list, rank) in json.Rows("lists").OrderBy(l => l.Number("pos") ?? double.MaxValue).Select((l, i) => (l, i)))
        {
            var full = KeptText.Line(list.Text("name"));
            var name = KeptText.Cut(full.Length == 0 ? "Untitled list" : full, Checklist.NameLength);
            if (full.Length > Checklist.NameLength)
            {
                notes.Add($"The name of a list is too long and was shortened. In full: {full}");
            }

            lists.TryAdd(list.Text("id") ?? $"list {rank}", new BoardList(list.Text("id") ?? "", name, ListMeaning.StatusOf(full), list.Flag("closed"), rank));
        }

        return lists;
    }

    private static string Name(string name, Notes notes)
    {
        if (name.Length > Project.NameLength)
        {
            notes.Add("The board's name is too long and was shortened. It stands in full in the project's description.");
        }

        return KeptText.Cut(name.Length == 0 ? "Untitled board" : name, Project.NameLength);
    }

    private static string Description(JsonElement json, string name, Notes notes)
    {
        var description = KeptText.Prose(json.Text("desc"));
        var whole = name.Length > Project.NameLength ? $"{name}\n\n{description}".TrimEnd() : description;
        var parts = KeptText.Parts(whole, Project.DescriptionLength).ToList();
        foreach (var rest in parts.Skip(1))
        {
            notes.Add($"The board's description is too long. This part of it did not fit: {rest}");
        }

        return parts[0];
    }
}

/// <summary>Sentences about what could not be kept as it was, each said once.</summary>
internal sealed class Notes
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string sentence)
    {
        if (_said.Add(sentence))
        {
            _all.Add(sentence);
        }
    }
}
