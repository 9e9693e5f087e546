namespace Crm.Accounts;

/// <summary>What somebody may do or may not do. Every handler of every endpoint names one with <see cref="NeedsAttribute"/>.</summary>
public enum Right
{
    /// <summary>Anybody, signed in or not.</summary>
    Anything,

    /// <summary>Of a person's own account.</summary>
    OwnAccount,

    /// <summary>Lists and searches, which hold what the reader may see and nothing else.</summary>
    SeeLists,

    /// <summary>What the whole team works with.</summary>
    TeamWork,

    /// <summary>What only those do who run the workspace.</summary>
    RunWorkspace,

    SeeProject,
    DiscussProject,
    EditProject,
    RateProject,

    /// <summary>Archive, delete and bring back: also of what is archived.</summary>
    KeepProject,

    /// <summary>What of a project is for the team alone: its ratings, its history.</summary>
    SeeProjectInside,

    SeeTask,
    DiscussTask,
    EditTask,

    /// <summary>Bring back what is archived or deleted.</summary>
    KeepTask,

    SeeComment,
    EditComment,

    DeleteComment,
    RestoreComment,

    /// <summary>Choose whether clients see it.</summary>
    ShareComment,

    SeeImport,

    /// <summary>Start and discard.</summary>
    RunImport,
}
