using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;

namespace Crm.Data.Demo;

/// <summary>The tasks of many projects, what was said about them, and what the log holds of them.</summary>
internal sealed class CrowdWork(CrmDb db, Random random, DateOnly today, DateTime now) : IDisposable
{
    // Four projects of different sizes have 1,000 tasks together.
    private static readonly int[] TasksOf = [100, 500, 250, 150];
    private const int InteractionsPerFive = 12;
    private const int ChangesPerFive = 8;

    private readonly BulkInsert<ProjectTask> _tasks = new(db);
    private readonly BulkInsert<TaskMember> _members = new(db);
    private readonly BulkInsert<Checklist> _checklists = new(db);
    private readonly BulkInsert<ChecklistItem> _items = new(db, withKey: false);
    private readonly BulkInsert<Interaction> _interactions = new(db, withKey: false);
    private readonly BulkInsert<Change> _changes = new(db, withKey: false);
    private int _taskId;
    private int _checklistId;

    public void Fill(Project project, int number)
    {
        var members = project.Members.Select(m => m.PersonId).ToArray();
        var age = Math.Max(2, (int)(now - project.CreatedAt).TotalDays);
        for (var i = 0; i < TasksOf[number % TasksOf.Length]; i++)
        {
            var task = SomeTask(project, members, age, i);
            _tasks.Add(task, (nameof(task.Id), ++_taskId));
            Belongings(task, members, i);

            // A fifth of the tasks are talked about; a sixth of the talk is in the project's own thread.
            for (var n = Share(i, InteractionsPerFive); n > 0; n--)
            {
                var comment = Interaction.Comment(project.Id, random.Next(6) == 0 ? null : _taskId, Any(members), Talk(), Past(age));
                comment.ShowTo(n % 3 == 0 ? Audience.ClientVisible : Audience.TeamOnly);
                _interactions.Add(comment);
            }

            for (var n = Share(i, ChangesPerFive); n > 0; n--)
            {
                _changes.Add(SomeChange(project, members, age));
            }
        }
    }

    public void Dispose()
    {
        _tasks.Dispose();
        _members.Dispose();
        _checklists.Dispose();
        _items.Dispose();
        _interactions.Dispose();
        _changes.Dispose();
    }

    private static int Share(int place, int perFive) => place % 5 == 0 ? perFive : 0;

    private ProjectTask SomeTask(Project project, int[] members, int age, int place)
    {
        var status = random.Next(100) switch { < 55 => TaskStatus.Done, < 63 => TaskStatus.Review, < 75 => TaskStatus.Doing, _ => TaskStatus.ToDo };
        var made = Past(age);
        var task = ProjectTask.Create(project.Id, $"{Any(Words.Verbs)} {Any(Words.Things)} {Any(Words.Details)}", (place + 1) * 1024, Any(members), made);
        task.Describe(random.Next(3) == 0 ? Talk() : "");
        task.MoveTo(status, task.Position, made.AddMinutes(random.Next(1 + (int)(now - made).TotalMinutes)));
        task.Prioritize(random.Next(10) switch { 0 => Priority.Urgent, < 3 => Priority.High, < 9 => Priority.Normal, _ => Priority.Low });
        task.AssignTo(random.Next(5) == 0 ? null : Any(members));
        task.Due(random.Next(5) < 2 ? null : today.AddDays(status == TaskStatus.Done ? -random.Next(1, age) : random.Next(-8, 60)));
        task.Label(Enumerable.Range(0, random.Next(3)).Select(_ => Any(Words.Labels)));
        task.ShowTo(place % 4 == 1 ? Audience.ClientVisible : Audience.TeamOnly);
        if (status == TaskStatus.Done && random.Next(4) == 0)
        {
            task.Archive(now.AddDays(-random.Next(1, 20)));
        }

        return task;
    }

    private void Belongings(ProjectTask task, int[] members, int place)
    {
        if (place % 4 == 0 && Any(members) is var other && other != task.AssigneeId)
        {
            _members.Add(new TaskMember(other), (nameof(TaskMember.TaskId), _taskId));
        }

        if (place % 10 == 0)
        {
            _checklists.Add(new Checklist("Steps", 0, null), (nameof(Checklist.Id), ++_checklistId), (nameof(Checklist.TaskId), _taskId));
            for (var i = 0; i < 4; i++)
            {
                var item = new ChecklistItem($"{Any(Words.Verbs)} {Any(Words.Things)}", i, null);
                item.Check(random.Next(2) == 0);
                _items.Add(item, (nameof(item.ChecklistId), _checklistId));
            }
        }
    }

    private Change SomeChange(Project project, int[] members, int age)
    {
        var (field, from, to) = random.Next(3) switch
        {
            0 => (nameof(ProjectTask.Status), nameof(TaskStatus.ToDo), nameof(TaskStatus.Doing)),
            1 => (nameof(ProjectTask.DueOn), Web.Day.Text(today.AddDays(-random.Next(60))), Web.Day.Text(today.AddDays(random.Next(60)))),
            _ => (nameof(ProjectTask.Priority), nameof(Priority.Normal), nameof(Priority.High)),
        };
        return new Change
        {
            At = Past(age),
            PersonId = Any(members),
            Via = Via.Web,
            Kind = nameof(ProjectTask),
            RecordId = _taskId,
            ProjectId = project.Id,
            Field = field,
            From = from,
            To = to,
            Version = 1,
        };
    }

    private DateTime Past(int days) => now.AddMinutes(-random.Next(1, days * 24 * 60));

    private string Talk() => string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Any(Words.Sentences)));

    private TValue Any<TValue>(TValue[] values) => values[random.Next(values.Length)];
}
