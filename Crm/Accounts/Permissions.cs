namespace Crm.Accounts;

/// <summary>Who may do what: the one table. Entities ask it, and queries say the same in the database's words.</summary>
public static class Permissions
{
    private static readonly Dictionary<Right, Func<Standing, bool>> Table = new()
    {
        [Right.Anything] = _ => true,
        [Right.OwnAccount] = _ => true,
        [Right.SeeLists] = _ => true,
        [Right.TeamWork] = s => s.IsTeam,
        [Right.RunWorkspace] = s => s.Role == Role.Admin,
        [Right.SeeProject] = Sees,
        [Right.DiscussProject] = s => Sees(s) && !s.IsFrozen,
        [Right.EditProject] = s => Sees(s) && s.IsTeam && !s.IsFrozen,
        [Right.RateProject] = s => Sees(s) && s.IsTeam && !s.IsFrozen,
        [Right.KeepProject] = s => Sees(s) && s.IsTeam,
        [Right.SeeProjectInside] = s => Sees(s) && s.IsTeam,
        [Right.SeeTask] = SeesInside,
        [Right.DiscussTask] = s => SeesInside(s) && !s.IsFrozen,
        [Right.EditTask] = s => SeesInside(s) && s.IsTeam && !s.IsFrozen,
        [Right.KeepTask] = s => SeesInside(s) && s.IsTeam && !s.IsInArchive,
        [Right.SeeComment] = SeesInside,
        [Right.EditComment] = s => SeesInside(s) && s.IsOwn && !s.IsFrozen,
        [Right.DeleteComment] = s => SeesInside(s) && (s.IsOwn || s.Role == Role.Admin) && !s.IsFrozen,
        [Right.RestoreComment] = s => SeesInside(s) && (s.Role == Role.Admin || (s.IsOwn && !s.IsTakenAway)) && !s.IsFrozen,
        [Right.ShareComment] = s => SeesInside(s) && s.IsTeam && !s.IsByClient && !s.IsFrozen,
        [Right.SeeImport] = s => s.IsTeam && (s.IsOwn || Sees(s)),
        [Right.RunImport] = s => s.IsTeam && (s.IsOwn || s.Role == Role.Admin),
    };

    public static bool Allows(Right right, Standing standing) => Table[right](standing);

    /// <summary>Whether the role alone says no, whatever the record: what is refused before anything is read.</summary>
    public static bool IsForRole(Right right, Role role) => right switch
    {
        Right.TeamWork or Right.RunWorkspace => Allows(right, new Standing(role)),
        _ => true,
    };

    private static bool Sees(Standing s) => s.Role switch
    {
        Role.Admin => true,
        Role.Member => s.IsMember || !s.IsPrivate,
        _ => s.IsMember,
    };

    private static bool SeesInside(Standing s) => Sees(s) && (s.IsTeam || s.IsClientVisible);
}
