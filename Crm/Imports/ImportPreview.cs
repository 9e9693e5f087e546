namespace Crm.Imports;

/// <summary>What a file will make, for the page that asks whether to go on.</summary>
/// <param name="Key">Import key of the project.</param>
public sealed record ImportPreview(
    string Key,
    string Name,
    int Cards,
    int Archived,
    int Comments,
    int Checklists,
    IReadOnlyList<PreviewedList> Lists,
    IReadOnlyList<PreviewedPerson> People,
    IReadOnlyList<string> Notes)
{
    public static ImportPreview Of(Trello.Board board) => new(
        board.Key,
        board.Name,
        board.Cards.Count,
        board.Cards.Count(c => c.IsArchived),
        board.Cards.Sum(c => c.Comments.Count(m => m.IsFirst)),
        board.Cards.Sum(c => c.Checklists.Count),
        [.. board.Lists.GroupJoin(board.Cards, l => l.Id, c => c.List.Id, (l, cards) => new PreviewedList(l.Name, l.Status, l.IsArchived, cards.Count()))],
        [.. board.People.Select(p => new PreviewedPerson(p.Id, p.Name, p.Username, p.IsMember, p.IsAdmin))],
        board.Notes);
}

/// <summary>A list of the board, and how many cards it holds.</summary>
public sealed record PreviewedList(string Name, TaskStatus Status, bool IsArchived, int Cards);

/// <summary>Somebody on the board.</summary>
public sealed record PreviewedPerson(string Id, string Name, string? Username, bool IsMember, bool IsAdmin)
{
    public Trello.BoardPerson Person => new(Id, Name, Username, IsMember, IsAdmin);
}
