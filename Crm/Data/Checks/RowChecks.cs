using Microsoft.Data.Sqlite;

namespace Crm.Data.Checks;

/// <summary>What rows must be to each other, beyond what the database itself watches over.</summary>
internal static class RowChecks
{
    internal const string UnfoldedNames = "FROM Projects WHERE SortName <> fold(Name)";

    internal const string UnfoldedTitles = "FROM Tasks WHERE SortTitle <> fold(Title)";

    private const string Report = "Nothing is lost by it, and no page stops working. Keep a backup, and tell the program's makers.";

    // Query after "SELECT count(*)", what is found, what to do.
    private static readonly IReadOnlyList<(bool IsProblem, string Query, string Words, string Advice)> All =
    [
        (true, UnfoldedNames, "projects cannot be found by their name: the search index is behind", "Run 'check --mend'."),
        (true, UnfoldedTitles, "tasks cannot be found by their title: the search index is behind", "Run 'check --mend'."),
        (true, "FROM Tasks WHERE DueOrder <> coalesce(DueOn, '9999-12-31')", "tasks are ordered by another date than the one they are due on", Report),
        (true, "FROM Interactions i JOIN Tasks t ON t.Id = i.TaskId WHERE t.ProjectId <> i.ProjectId", "comments stand in one project and on a task of another", Report),
        (true, "FROM Interactions i JOIN Interactions r ON r.Id = i.ReplyToId WHERE r.ProjectId <> i.ProjectId OR r.TaskId IS NOT i.TaskId", "replies answer a comment of another conversation", Report),
        (true, "FROM ProjectMembers m JOIN People p ON p.Id = m.PersonId WHERE p.DeletedAt IS NOT NULL", "places in projects belong to people who were deleted", "Remove the former members on the projects' member pages."),
        (true, "FROM Projects p WHERE NOT EXISTS (SELECT 1 FROM ProjectMembers m WHERE m.ProjectId = p.Id AND m.PersonId = p.OwnerId)", "projects have an owner who is no member", "Choose the owner anew on the project's page: that makes them a member."),
        (true, "FROM Sessions s JOIN People p ON p.Id = s.PersonId WHERE p.DisabledAt IS NOT NULL OR p.DeletedAt IS NOT NULL", "sessions belong to people who may not come in", "They open nothing. They go when they run out."),
        (false, "FROM Tasks t JOIN People p ON p.Id = t.AssigneeId WHERE t.Status <> 3 AND t.ArchivedAt IS NULL AND t.DeletedAt IS NULL AND (p.DisabledAt IS NOT NULL OR p.DeletedAt IS NOT NULL)", "open tasks are assigned to people who may not come in", "Hand their work over on their page under People."),
        (false, "FROM Tasks t JOIN People p ON p.Id = t.AssigneeId WHERE t.Status <> 3 AND t.ArchivedAt IS NULL AND t.DeletedAt IS NULL AND p.Role = 0", "open tasks are assigned to clients", "Nothing, if that is meant."),
        (false, "FROM Changes c WHERE " + Gone("Project", "Projects"), "entries of the history tell of projects that are not there any more", "Nothing: sample data that was removed leaves such entries."),
        (false, "FROM Changes c WHERE " + Gone("ProjectTask", "Tasks"), "entries of the history tell of tasks that are not there any more", "Nothing: sample data that was removed leaves such entries."),
        (false, "FROM Changes c WHERE " + Gone("Interaction", "Interactions"), "entries of the history tell of comments that are not there any more", "Nothing: sample data that was removed leaves such entries."),
    ];

    public static IEnumerable<Finding> Run(SqliteConnection database)
    {
        foreach (var (isProblem, query, words, advice) in All)
        {
            if (database.Scalar<long>("SELECT count(*) " + query) is > 0 and var count)
            {
                yield return new Finding(isProblem, $"{count} {words}.", advice);
            }
        }
    }

    private static string Gone(string kind, string table) =>
        $"c.Kind = '{kind}' AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.Id = c.RecordId)";
}
