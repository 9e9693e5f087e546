using System.Text;

namespace Crm.Accounts;

/// <summary>The table of <see cref="Permissions"/> in words, as the documentation shows it.</summary>
public static class PermissionTable
{
    private const string Head = """
        # Who may do what

        Written by `Crm docs` from `Accounts/Permissions.cs`, which is what the program asks. What somebody may not see is not found
        (404); what they see and may not do is refused (403); neither changes anything. `Accounts/Matrix` of the tests tries every
        endpoint as everybody on every kind of record and compares.

        | right | Client | Member | Admin |
        |---|---|---|---|

        """;

    private static readonly Dictionary<Right, string> Words = new()
    {
        [Right.Anything] = "Sign in, come in by a link, read what went wrong",
        [Right.OwnAccount] = "Look after one's own account",
        [Right.SeeLists] = "Lists and searches, of what they may see",
        [Right.TeamWork] = "Create a project, import a board",
        [Right.RunWorkspace] = "People, invitations, settings",
        [Right.SeeProject] = "See a project",
        [Right.DiscussProject] = "Comment on a project",
        [Right.EditProject] = "Change a project, its members, add tasks",
        [Right.RateProject] = "Rate a project",
        [Right.KeepProject] = "Archive, delete and bring back a project",
        [Right.SeeProjectInside] = "See a project's status, ratings and history",
        [Right.SeeTask] = "See a task",
        [Right.DiscussTask] = "Comment on a task",
        [Right.EditTask] = "Change a task and its checklists",
        [Right.KeepTask] = "Bring back a task that is archived or deleted",
        [Right.SeeComment] = "See a comment",
        [Right.EditComment] = "Edit a comment",
        [Right.DeleteComment] = "Delete a comment",
        [Right.RestoreComment] = "Bring back a deleted comment",
        [Right.ShareComment] = "Choose whether clients see a comment",
        [Right.SeeImport] = "See an import",
        [Right.RunImport] = "Start and discard an import",
    };

    /// <summary>What may have to hold, the strongest first: one that follows from those before it goes without saying.</summary>
    private static readonly (string Words, Func<Standing, bool> Holds)[] Conditions =
    [
        ("their own", s => s.IsOwn),
        ("in projects that they are on", s => s.IsMember),
        ("in the team's projects and private ones that they are on", s => s.IsMember || !s.IsPrivate),
        ("in the team's projects, private ones that they are on, and their own", s => s.IsMember || !s.IsPrivate || s.IsOwn),
        ("client-visible", s => s.IsClientVisible),
        ("deleted by nobody else", s => !s.IsTakenAway),
        ("not a client's", s => !s.IsByClient),
        ("not while it or its project is archived", s => !s.IsFrozen),
        ("not while its project is archived", s => !s.IsInArchive),
    ];

    public static string ToMarkdown()
    {
        var text = new StringBuilder(Head);
        foreach (var right in Enum.GetValues<Right>())
        {
            var cells = Enum.GetValues<Role>().Select(role => Cell(right, role));
            text.Append("| ").Append(Words[right]).Append(" (`").Append(right).Append("`) | ").AppendJoin(" | ", cells).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>Who has a right, for a sentence: such as <c>members in the team's projects; admins</c>.</summary>
    public static string InWords(Right right) => right == Right.Anything ? "anybody, signed in or not" : string.Join("; ", Enum.GetValues<Role>()
        .Select(role => (Name: role.ToString().ToLowerInvariant() + "s", Conditions: ConditionsOf(right, role)))
        .Where(role => role.Conditions is not null)
        .Select(role => role.Conditions!.Count == 0 ? role.Name : $"{role.Name} ({string.Join(", ", role.Conditions.Select(c => c.Words))})"));

    /// <summary>The conditions that a role stands under, or null when it never has the right.</summary>
    internal static IReadOnlyList<(string Words, Func<Standing, bool> Holds)>? ConditionsOf(Right right, Role role)
    {
        var all = Standings(role).ToList();
        var allowed = all.Where(s => Permissions.Allows(right, s)).ToList();
        List<(string Words, Func<Standing, bool> Holds)> said = [];
        foreach (var condition in Conditions.Where(c => allowed.TrueForAll(s => c.Holds(s))))
        {
            if (all.Exists(s => said.TrueForAll(c => c.Holds(s)) && !condition.Holds(s)))
            {
                said.Add(condition);
            }
        }

        return allowed.Count == 0 ? null : said;
    }

    /// <summary>Every way in which somebody of a role can stand to a record.</summary>
    internal static IEnumerable<Standing> Standings(Role role) => Enumerable.Range(0, 1 << 8).Select(bits => new Standing(
        role, Has(bits, 0), Has(bits, 1), Has(bits, 2), Has(bits, 3), Has(bits, 4), Has(bits, 5), Has(bits, 6), Has(bits, 7)));

    private static bool Has(int bits, int place) => (bits & (1 << place)) != 0;

    private static string Cell(Right right, Role role) => ConditionsOf(right, role) switch
    {
        null => "–",
        { Count: 0 } => "yes",
        var conditions => string.Join(", ", conditions.Select(c => c.Words)),
    };
}
