using System.Text.Json;

namespace Crm.Imports.Trello;

/// <summary>Everybody whom the file names: members of the board, and those who have left it but did something there.</summary>
internal sealed class BoardPeople
{
    /// <summary>Writes what has no author in the file.</summary>
    public const string Unknown = "unknown";

    private readonly Dictionary<string, JsonElement> _named = new(StringComparer.Ordinal);
    private readonly List<string> _members = [];
    private readonly HashSet<string> _admins;

    public BoardPeople(JsonElement board)
    {
        foreach (var member in board.Rows("members"))
        {
            Name(member);
            if (member.Text("id") is { Length: > 0 } id && !_members.Contains(id, StringComparer.Ordinal))
            {
                _members.Add(id);
            }
        }

        foreach (var action in board.Rows("actions"))
        {
            Name(action.Part("memberCreator"));
            Name(action.Part("member"));
        }

        _admins = board.Rows("memberships").Where(m => m.Text("memberType") == "admin").Select(m => m.Text("idMember")).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Those who become people: members of the board, authors, and who works on a card.</summary>
    public IReadOnlyList<BoardPerson> All(IEnumerable<Card> cards, Notes notes)
    {
        var others = cards.SelectMany(c => c.MemberIds.Concat(c.Comments.Select(m => m.AuthorId).OfType<string>()));
        return [.. _members.Concat(others).Distinct(StringComparer.Ordinal).Select(id => Person(id, notes))];
    }

    private void Name(JsonElement member)
    {
        if (member.Text("id") is { Length: > 0 } id)
        {
            _named.TryAdd(id, member);
        }
    }

    private BoardPerson Person(string id, Notes notes)
    {
        var member = _named.GetValueOrDefault(id);
        var username = KeptText.Line(member.Text("username"));
        var name = new[] { KeptText.Line(member.Text("fullName")), username, "Somebody on Trello" }.First(n => n.Length > 0);
        if (name.Length > Crm.Accounts.Person.NameLength)
        {
            notes.Add($"The name of a person is too long and was shortened. In full: {name}");
        }

        return new BoardPerson(
            id,
            KeptText.Cut(name, Crm.Accounts.Person.NameLength),
            username.Length == 0 ? null : username,
            _members.Contains(id, StringComparer.Ordinal),
            _admins.Contains(id));
    }
}
