namespace Crm.Webhooks;

/// <summary>Something that webhooks can be told of.</summary>
/// <param name="Name">Resource and verb, such as <c>task.created</c>.</param>
/// <param name="Group">Under which forms and the documentation list it.</param>
/// <param name="Words">When it happens.</param>
public sealed record WebhookEvent(string Name, string Group, string Words);

/// <summary>The closed list of events. <c>Docs/webhooks.md</c> shows the same table, and a test compares.</summary>
public static class WebhookEvents
{
    /// <summary>Sent when an admin asks for it, and to nobody who has not been asked for.</summary>
    public const string Test = "webhook.test";

    public static readonly IReadOnlyList<WebhookEvent> All =
    [
        new("project.created", "Projects", "A project was made, by somebody or by an import."),
        new("project.updated", "Projects", "Its name, description, status, owner, dates, visibility or members changed."),
        new("project.archived", "Projects", "It was put into the archive."),
        new("project.unarchived", "Projects", "It was brought back from the archive."),
        new("project.deleted", "Projects", "It was deleted, with all that it holds; it can be restored for 30 days."),
        new("project.restored", "Projects", "It was brought back whole after having been deleted."),
        new("task.created", "Tasks", "A task was added to a project."),
        new("task.updated", "Tasks", "Its title, description, priority, assignee, due date, labels, audience or members changed."),
        new("task.moved", "Tasks", "Its status changed: it stands in another column of the board."),
        new("task.completed", "Tasks", "Its status became done. Comes beside task.moved."),
        new("task.reopened", "Tasks", "Its status was done and is not any more. Comes beside task.moved."),
        new("task.archived", "Tasks", "It was put into the archive."),
        new("task.unarchived", "Tasks", "It was brought back from the archive."),
        new("task.deleted", "Tasks", "It was deleted; it can be restored for 30 days."),
        new("task.restored", "Tasks", "It was brought back after having been deleted."),
        new("checklist.created", "Checklists", "A checklist was added to a task."),
        new("checklist.updated", "Checklists", "It was renamed."),
        new("checklist.deleted", "Checklists", "It was deleted, with its items."),
        new("checklist.restored", "Checklists", "It was brought back after having been deleted."),
        new("checklist_item.created", "Checklists", "An item was added to a checklist."),
        new("checklist_item.updated", "Checklists", "Its words changed."),
        new("checklist_item.checked", "Checklists", "It was ticked off."),
        new("checklist_item.unchecked", "Checklists", "It was opened again."),
        new("checklist_item.deleted", "Checklists", "It was deleted."),
        new("checklist_item.restored", "Checklists", "It was brought back after having been deleted."),
        new("comment.created", "Comments", "Something was said about a project or a task."),
        new("comment.updated", "Comments", "Its words or who sees it changed."),
        new("comment.deleted", "Comments", "It was deleted; its words are not sent any more."),
        new("comment.restored", "Comments", "It was brought back after having been deleted."),
        new("rating.created", "Ratings", "Somebody rated a project."),
        new("rating.updated", "Ratings", "Somebody changed their rating."),
        new("rating.deleted", "Ratings", "Somebody withdrew their rating."),
        new("rating.restored", "Ratings", "A rating that was withdrawn counts again."),
        new("person.created", "People", "Somebody is known here, with an account or, after an import, without."),
        new("person.joined", "People", "Somebody has an account from now on."),
        new("person.updated", "People", "Somebody's name, e-mail or role changed."),
        new("person.disabled", "People", "Somebody's account was disabled."),
        new("person.enabled", "People", "It was enabled again."),
        new("person.deleted", "People", "Somebody became a former member: nothing personal is left of them."),
        new("invitation.created", "People", "Somebody was invited. The link is never sent."),
        new("invitation.accepted", "People", "Somebody came in by it."),
        new("invitation.renewed", "People", "It got a new link and a new term."),
        new("invitation.revoked", "People", "It was taken back."),
        new("import.finished", "Workspace", "An import came to its end."),
        new("import.failed", "Workspace", "An import could not be carried out."),
        new("workspace.updated", "Workspace", "A setting of the workspace changed."),
    ];

    private static readonly HashSet<string> Names = [.. All.Select(e => e.Name)];

    public static bool IsKnown(string name) => Names.Contains(name);

    /// <summary>As they are kept: in the order of the list, none twice; all of them when everything is chosen.</summary>
    public static List<string> InOrder(IEnumerable<string> chosen)
    {
        var wanted = chosen.ToHashSet(StringComparer.Ordinal);
        return wanted.Contains(Webhook.Everything) ? [Webhook.Everything] : [.. All.Select(e => e.Name).Where(wanted.Contains)];
    }
}
