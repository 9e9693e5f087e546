namespace Crm.Accounts;

/// <summary>How somebody stands to a record that they ask for.</summary>
/// <param name="IsMember">Of the project that it belongs to.</param>
/// <param name="IsPrivate">The project is private to its members.</param>
/// <param name="IsArchived">The record itself is archived.</param>
/// <param name="IsInArchive">The project that it belongs to is archived.</param>
/// <param name="IsClientVisible">It, and what it belongs to inside the project, is marked so.</param>
/// <param name="IsOwn">They wrote it.</param>
/// <param name="IsByClient">A client wrote it.</param>
/// <param name="IsTakenAway">Somebody else has deleted it.</param>
public sealed record Standing(
    Role Role,
    bool IsMember = false,
    bool IsPrivate = false,
    bool IsArchived = false,
    bool IsInArchive = false,
    bool IsClientVisible = false,
    bool IsOwn = false,
    bool IsByClient = false,
    bool IsTakenAway = false)
{
    public bool IsTeam => Role >= Role.Member;

    public bool IsFrozen => IsArchived || IsInArchive;

    /// <summary>
    /// Of somebody who has found the record through <c>VisibleTo</c>. That question has judged already whether the project is
    /// theirs to see, so they stand to it like a member.
    /// </summary>
    public static Standing ToFound(CurrentUser user) => new(user.Role, IsMember: true);
}
