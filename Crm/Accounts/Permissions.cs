namespace Crm.Accounts;

/// <summary>What somebody may do or may not do. Every handler of every endpoint names one with <see cref="NeedsAttribute"/>.</summary>
public enum Right
{
    /// <summary>Anybody, signed in or not.</summary>
    Anything,

    /// <summary>Of a person's own account.</summary>
    OwnAccount,

    /// <summary>What the whole team works with.</summary>
    TeamWork,

    /// <summary>What only those do who run the workspace.</summary>
    RunWorkspace,

    SeeProject,
    DiscussProject,
    EditProject,

    /// <summary>Archive, delete and bring back: also of what is archived.</summary>
    KeepProject,

    /// <summary>What of a project is for the team alone: its ratings, its history.</summary>
    SeeProjectInside,

    SeeTask,
    DiscussTask,
    EditTask,
    KeepTask,

    SeeComment,
    EditComment,
    DeleteComment,
}

/// <summary>How somebody stands to a record that they ask for.</summary>
/// <param name="IsMember">Of the project that it belongs to.</param>
/// <param name="IsPrivate">The project is private to its members.</param>
/// <param name="IsArchived">The record or its project is archived.</param>
/// <param name="IsClientVisible">It, and what it belongs to inside the project, is marked so.</param>
/// <param name="IsOwn">They wrote it.</param>
public sealed record Standing(Role Role, bool IsMember = false, bool IsPrivate = false, bool IsArchived = false, bool IsClientVisible = false, bool IsOwn = false)
{
    public bool IsTeam => Role >= Role.Member;
}

/// <summary>Says which right a handler, or all handlers of a page, need.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Right right) : Attribute
{
    public Right Right { get; } = right;
}

/// <summary>Who may do what: the one table. Entities ask it, and queries say the same in the database's words.</summary>
public static class Permissions
{
    private static readonly Dictionary<Right, Func<Standing, bool>> Table = new()
    {
        [Right.Anything] = _ => true,
        [Right.OwnAccount] = _ => true,
        [Right.TeamWork] = s => s.IsTeam,
        [Right.RunWorkspace] = s => s.Role == Role.Admin,
        [Right.SeeProject] = Sees,
        [Right.SeeProjectInside] = s => Sees(s) && s.IsTeam,
        [Right.DiscussProject] = s => Sees(s) && !s.IsArchived,
        [Right.EditProject] = s => Sees(s) && s.IsTeam && !s.IsArchived,
        [Right.KeepProject] = s => Sees(s) && s.IsTeam,
        [Right.SeeTask] = SeesInside,
        [Right.DiscussTask] = s => SeesInside(s) && !s.IsArchived,
        [Right.EditTask] = s => SeesInside(s) && s.IsTeam && !s.IsArchived,
        [Right.KeepTask] = s => SeesInside(s) && s.IsTeam,
        [Right.SeeComment] = SeesInside,
        [Right.EditComment] = s => SeesInside(s) && s.IsOwn && !s.IsArchived,
        [Right.DeleteComment] = s => SeesInside(s) && (s.IsOwn || s.Role == Role.Admin) && !s.IsArchived,
    };

    public static bool Allows(Right right, Standing standing) => Table[right](standing);

    private static bool Sees(Standing s) => s.Role switch
    {
        Role.Admin => true,
        Role.Member => s.IsMember || !s.IsPrivate,
        _ => s.IsMember,
    };

    private static bool SeesInside(Standing s) => Sees(s) && (s.IsTeam || s.IsClientVisible);
}
