namespace Crm.Imports.Trello;

/// <summary>A Trello board as it will be brought in: all text fits, all references lead somewhere.</summary>
/// <param name="Notes">What could not be kept as it was, in sentences.</param>
public sealed record Board(
    string Key,
    string Name,
    string Description,
    bool IsClosed,
    DateTime? LastActivity,
    IReadOnlyList<BoardList> Lists,
    IReadOnlyList<Card> Cards,
    IReadOnlyList<BoardPerson> People,
    IReadOnlyList<string> Notes);

/// <param name="Rank">Place on the board, from the left.</param>
public sealed record BoardList(string Id, string Name, TaskStatus Status, bool IsArchived, int Rank);

/// <param name="IsMember">False for somebody who has left the board but wrote on it or works on a card.</param>
public sealed record BoardPerson(string Id, string Name, string? Username, bool IsMember, bool IsAdmin)
{
    public string Key => Keys.Of(Id);
}

public sealed record Card(
    string Key,
    string Title,
    string Description,
    BoardList List,
    bool IsDone,
    bool IsArchived,
    double Position,
    DateTime? Due,
    DateTime? CreatedAt,
    string? CreatorId,
    DateTime? LastActivity,
    IReadOnlyList<string> Labels,
    IReadOnlyList<string> MemberIds,
    IReadOnlyList<CardChecklist> Checklists,
    IReadOnlyList<CardComment> Comments)
{
    public TaskStatus Status => IsDone ? TaskStatus.Done : List.Status;
}

public sealed record CardChecklist(string Key, string Name, IReadOnlyList<CheckItem> Items);

public sealed record CheckItem(string Key, string Text, bool IsDone);

/// <param name="AuthorId">Null for the rest of a description that is too long for one field: it has no author of its own.</param>
/// <param name="IsFirst">False for the further parts of a text that is too long for one.</param>
public sealed record CardComment(string Key, string? AuthorId, string Body, DateTime At, DateTime? EditedAt, bool IsFirst);
