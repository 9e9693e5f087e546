using Crm.Admin;
using Crm.Data;
using Crm.Tasks;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports.Trello;

/// <summary>Where cards go, and who their people are here.</summary>
/// <param name="Former">Of these, who was deleted: their words come in, work is not given to them.</param>
internal sealed record CardTarget(int ProjectId, int OwnerId, IReadOnlyDictionary<string, int> People, IReadOnlySet<int> Former, Workspace Workspace, DateTime Now);

/// <summary>Brings some cards in, within one transaction of the caller's.</summary>
internal sealed class CardImport(CrmDb db, CardTarget target)
{
    private readonly LocalEdits _edits = new();
    private readonly List<string> _notes = [];
    private Dictionary<string, ProjectTask> _tasks = [];

    public ImportCounts Counts { get; private set; } = new();

    public IReadOnlyList<string> Notes => _notes;

    public async Task ApplyAsync(IReadOnlyCollection<Card> cards, CancellationToken cancel)
    {
        await FindAsync(cards, cancel);
        foreach (var card in cards)
        {
            if (!_tasks.TryGetValue(card.Key, out var task))
            {
                _tasks[card.Key] = task = Create(card);
                Counts += new ImportCounts(Tasks: 1);
            }

            if (task.ProjectId != target.ProjectId)
            {
                _notes.Add($"The card “{card.Title}” is a task of another project already and stays there.");
            }
            else if (task.DeletedAt is null)
            {
                Update(task, card);
            }
        }
    }

    /// <summary>Needs the tasks to be saved, because a comment holds only their id.</summary>
    public async Task AddCommentsAsync(IReadOnlyCollection<Card> cards, CancellationToken cancel)
    {
        var wanted = cards.Where(c => _tasks[c.Key] is { DeletedAt: null } task && task.ProjectId == target.ProjectId)
            .SelectMany(c => c.Comments.Select(m => (Task: _tasks[c.Key], Comment: m))).ToList();
        var keys = wanted.Select(w => w.Comment.Key).ToList();
        var here = await db.Interactions.Where(i => keys.Contains(i.ImportKey!)).ToDictionaryAsync(i => i.ImportKey!, StringComparer.Ordinal, cancel);
        await _edits.ReadAsync<Interaction>(db, [.. here.Values.Select(i => i.Id)], cancel);
        foreach (var (task, comment) in wanted)
        {
            if (!here.TryGetValue(comment.Key, out var interaction))
            {
                db.Interactions.Add(Create(task, comment));
                Counts += new ImportCounts(Comments: comment.IsFirst ? 1 : 0);
            }
            else if (interaction.DeletedAt is null)
            {
                _edits.Set(interaction, nameof(Interaction.Body), interaction.Body, comment.Body, body => interaction.Reword(body, comment.EditedAt ?? comment.At));
            }
        }
    }

    private async Task FindAsync(IReadOnlyCollection<Card> cards, CancellationToken cancel)
    {
        var keys = cards.Select(c => c.Key).ToList();
        _tasks = await db.Tasks.IgnoreQueryFilters()
            .Include(t => t.Members)
            .Include(t => t.Checklists).ThenInclude(c => c.Items)
            .Where(t => keys.Contains(t.ImportKey!))
            .AsSplitQuery()
            .ToDictionaryAsync(t => t.ImportKey!, StringComparer.Ordinal, cancel);
        await _edits.ReadAsync<ProjectTask>(db, [.. _tasks.Values.Select(t => t.Id)], cancel);
        var checklists = _tasks.Values.SelectMany(t => t.Checklists).ToList();
        await _edits.ReadAsync<Checklist>(db, [.. checklists.Select(c => c.Id)], cancel);
        await _edits.ReadAsync<ChecklistItem>(db, [.. checklists.SelectMany(c => c.Items).Select(i => i.Id)], cancel);
    }

    private ProjectTask Create(Card card)
    {
        var creator = card.CreatorId is not null && target.People.TryGetValue(card.CreatorId, out var id) ? id : target.OwnerId;
        var made = card.CreatedAt ?? card.LastActivity ?? target.Now;
        return db.Tasks.Add(ProjectTask.Create(target.ProjectId, card.Title, card.Position, creator, made, card.Key)).Entity;
    }

    private void Update(ProjectTask task, Card card)
    {
        var moment = card.LastActivity ?? target.Now;
        _edits.Set(task, nameof(task.Title), task.Title, card.Title, task.Retitle);
        _edits.Set(task, nameof(task.Description), task.Description, card.Description, task.Describe);
        _edits.Set(task, nameof(task.Status), task.Status, card.Status, status => task.MoveTo(status, card.Position, moment));
        _edits.Set(task, nameof(task.ListName), task.ListName, card.List.Name.Length == 0 ? null : card.List.Name, task.CameFrom);
        _edits.Set(task, nameof(task.DueOn), task.DueOn, card.Due is { } due ? target.Workspace.DayOf(due) : (DateOnly?)null, task.Due);
        _edits.Set(task, nameof(task.ArchivedAt), task.ArchivedAt is not null, card.IsArchived, archived => Archive(task, archived, moment));
        if (!_edits.Touch(task, nameof(task.Labels)))
        {
            task.Label(card.Labels);
        }

        Assign(task, card);
        Check(task, card);
    }

    private static void Archive(ProjectTask task, bool archived, DateTime at)
    {
        if (archived)
        {
            task.Archive(at);
        }
        else
        {
            task.BringBack();
        }
    }

    private void Assign(ProjectTask task, Card card)
    {
        var members = card.MemberIds.Select(id => target.People[id]).Where(id => !target.Former.Contains(id)).Distinct().ToList();
        _edits.Set(task, nameof(task.AssigneeId), task.AssigneeId, members.Count == 0 ? null : members[0], task.AssignTo);
        var others = members.Skip(1).ToList();
        foreach (var gone in task.Members.Select(m => m.PersonId).Except(others).Where(p => !_edits.TouchMember(task, p)).ToList())
        {
            task.Remove(gone);
        }

        foreach (var other in others.Where(p => !_edits.TouchMember(task, p)))
        {
            task.Add(other);
        }
    }

    private void Check(ProjectTask task, Card card)
    {
        foreach (var wanted in card.Checklists)
        {
            var checklist = task.Checklists.FirstOrDefault(c => c.ImportKey == wanted.Key);
            if (checklist is null)
            {
                checklist = task.AddChecklist(wanted.Name, wanted.Key);
                Counts += new ImportCounts(Checklists: 1);
            }

            if (checklist.DeletedAt is null)
            {
                _edits.Set(checklist, nameof(checklist.Name), checklist.Name, wanted.Name, checklist.Rename);
                wanted.Items.ToList().ForEach(item => Check(checklist, item));
            }
        }
    }

    private void Check(Checklist checklist, CheckItem wanted)
    {
        var item = checklist.Items.FirstOrDefault(i => i.ImportKey == wanted.Key) ?? checklist.Add(wanted.Text, wanted.Key);
        if (item.DeletedAt is null)
        {
            _edits.Set(item, nameof(item.Text), item.Text, wanted.Text, item.Reword);
            _edits.Set(item, nameof(item.IsDone), item.IsDone, wanted.IsDone, item.Check);
        }
    }

    private Interaction Create(ProjectTask task, CardComment comment)
    {
        var author = comment.AuthorId is null ? target.OwnerId : target.People[comment.AuthorId];
        var interaction = Interaction.Comment(target.ProjectId, task.Id, author, comment.Body, comment.At, comment.Key);
        if (comment.EditedAt is { } edited)
        {
            interaction.WasEdited(edited);
        }

        return interaction;
    }
}
