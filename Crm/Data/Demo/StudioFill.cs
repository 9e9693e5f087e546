using Crm.Admin;
using Crm.Feedback;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;

namespace Crm.Data.Demo;

/// <summary>Puts the small demonstration into the database, within the caller's transaction.</summary>
/// <param name="people">Ids by the keys of <c>studio.json</c>.</param>
/// <param name="mark">In front of the import keys, by which all of it is found again; null for none.</param>
internal sealed class StudioFill(CrmDb db, IReadOnlyDictionary<string, int> people, Workspace workspace, DateTime now, string? mark)
{
    private const double Step = 1024;

    private int _comments;

    public async Task FillAsync(Studio studio, CancellationToken cancel)
    {
        foreach (var told in studio.Projects)
        {
            var project = db.Projects.Add(Project(told)).Entity;
            await db.SaveChangesAsync(cancel);
            var tasks = told.Tasks.Select((t, i) => (Told: t, Task: db.Tasks.Add(Task(t, project, told, i)).Entity)).ToList();
            db.Ratings.AddRange(told.Ratings.Select((r, i) => Rating.Give(project.Id, people[r.By], r.Stars, r.Comment, now.AddDays(-3 - i))));
            await db.SaveChangesAsync(cancel);
            foreach (var (task, entity) in tasks)
            {
                await SayAsync(project, entity.Id, task.Comments, cancel);
                db.Changes.AddRange(History(task, entity));
            }

            await SayAsync(project, null, told.Comments, cancel);
            await db.SaveChangesAsync(cancel);
        }
    }

    private Project Project(StudioProject told)
    {
        var project = Projects.Project.Create(told.Name, people[told.Owner], now.AddDays(Math.Min(told.Starts, 0) - 3), Key($"project:{told.Key}"));
        project.Describe(told.Description);
        project.MoveTo(told.Status);
        project.ShowTo(told.Visibility);
        project.Schedule(Day(told.Starts), Day(told.Due));
        foreach (var member in told.Members)
        {
            project.Add(people[member]);
        }

        return project;
    }

    private ProjectTask Task(StudioTask told, Project project, StudioProject of, int place)
    {
        var made = now.AddDays(Math.Min(of.Starts, -2)).AddHours(place * 3).AddDays(1);
        var task = ProjectTask.Create(project.Id, told.Title, (place + 1) * Step, people[of.Owner], made < now ? made : now, Key($"task:{of.Key}:{place}"));
        task.Describe(told.Description);
        task.MoveTo(told.Status, task.Position, now.AddDays(told.Done ?? 0));
        task.Prioritize(told.Priority);
        task.AssignTo(told.Assignee is null ? null : people[told.Assignee]);
        task.Due(told.Due is { } due ? Day(due) : null);
        task.Label(told.Labels);
        task.ShowTo(told.Audience);
        if (told.Checklist is { } steps)
        {
            var checklist = task.AddChecklist(steps.Name);
            foreach (var step in steps.Items)
            {
                checklist.Add(step[2..]).Check(step[0] == 'x');
            }
        }

        return task;
    }

    private async Task SayAsync(Project project, int? taskId, IReadOnlyList<StudioComment> comments, CancellationToken cancel)
    {
        List<Interaction> said = [];
        foreach (var told in comments)
        {
            var comment = Interaction.Comment(project.Id, taskId, people[told.By], told.Text, now.AddHours(-told.Hours), Key($"comment:{_comments++}"));
            comment.ShowTo(told.Audience);
            if (told.Answers is { } place)
            {
                await db.SaveChangesAsync(cancel);
                comment.Answer(said[place]);
            }

            said.Add(db.Interactions.Add(comment).Entity);
        }
    }

    /// <summary>What the log would hold if all of this had really been done.</summary>
    private static IEnumerable<Change> History(StudioTask told, ProjectTask task)
    {
        if (task.CompletedAt is { } completed)
        {
            yield return Changed(task, nameof(task.Status), nameof(TaskStatus.Doing), nameof(TaskStatus.Done), completed);
        }
        else if (told is { Status: TaskStatus.Review, Due: { } due })
        {
            yield return Changed(task, nameof(task.Status), nameof(TaskStatus.Doing), nameof(TaskStatus.Review), task.CreatedAt.AddDays(Math.Min(due, 1)));
        }
    }

    private static Change Changed(ProjectTask task, string field, string from, string to, DateTime at) => new()
    {
        At = at,
        PersonId = task.AssigneeId ?? task.CreatedById,
        Via = Via.Web,
        Kind = nameof(ProjectTask),
        RecordId = task.Id,
        ProjectId = task.ProjectId,
        Field = field,
        From = from,
        To = to,
        Version = task.Version,
    };

    private DateOnly Day(int days) => workspace.DayOf(now).AddDays(days);

    private string? Key(string name) => mark is null ? null : mark + name;
}
