using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Crm.Projects;
using Crm.Web;

namespace Crm.Tasks;

/// <summary>What of a task can be edited in place, on its page and in every row and card that shows it.</summary>
public static class TaskFields
{
    public const int MostLabels = 20;

    public static readonly Field<ProjectTask> Title = new()
    {
        Name = "title",
        Label = "Title",
        Kind = FieldKind.Line,
        Property = nameof(ProjectTask.Title),
        Rule = new LineAttribute(ProjectTask.TitleLength) { Required = true },
        Read = t => t.Title,
        Write = (t, typed, _) => Do(() => t.Retitle(typed)),
        Show = (t, _) => new Shown(t.Title),
        IsHeading = true,
    };

    public static readonly Field<ProjectTask> Description = new()
    {
        Name = "description",
        Label = "Description",
        Kind = FieldKind.Markdown,
        Property = nameof(ProjectTask.Description),
        Rule = new ProseAttribute(ProjectTask.DescriptionLength),
        Read = t => t.Description,
        Write = (t, typed, _) => Do(() => t.Describe(typed)),
        Show = (t, _) => new Shown(t.Description),
        Empty = "Add a description",
    };

    /// <summary>The page gives the task its place in the new status.</summary>
    public static readonly Field<ProjectTask> Status = new()
    {
        Name = "status",
        Label = "Status",
        Kind = FieldKind.Choice,
        Property = nameof(ProjectTask.Status),
        Options = (_, _, _) => Task.FromResult(TaskWords.Statuses.Select(s => new Option(s.Slug(), s.Label())).ToList()),
        Read = t => t.Status.Slug(),
        Text = status => ((TaskStatus)status).Slug(),
        Write = (t, typed, clock) => Do(() => t.MoveTo(TaskWords.ParseStatus(typed)!.Value, t.Position, clock.Now)),
        Show = (t, _) => new Shown(t.Status.Label(), t.Status.Tone()),
    };

    public static readonly Field<ProjectTask> Priority = new()
    {
        Name = "priority",
        Label = "Priority",
        Kind = FieldKind.Choice,
        Property = nameof(ProjectTask.Priority),
        Options = (_, _, _) => Task.FromResult(TaskWords.Priorities.Select(p => new Option(p.Slug(), p.ToString())).ToList()),
        Read = t => t.Priority.Slug(),
        Text = priority => ((Priority)priority).Slug(),
        Write = (t, typed, _) => Do(() => t.Prioritize(TaskWords.ParsePriority(typed)!.Value)),
        Show = (t, _) => new Shown(t.Priority.ToString(), t.Priority.Tone()),
    };

    public static readonly Field<ProjectTask> Assignee = new()
    {
        Name = "assignee",
        Label = "Assignee",
        Kind = FieldKind.Choice,
        Property = nameof(ProjectTask.AssigneeId),
        Options = AssigneesAsync,
        Read = t => t.AssigneeId?.ToString(CultureInfo.InvariantCulture) ?? "",
        Write = (t, typed, _) => Do(() => t.AssignTo(typed.Length == 0 ? null : int.Parse(typed, CultureInfo.InvariantCulture))),
        Show = (t, _) => ShowAssignee(t.Assignee?.Name),
        Empty = "Nobody",
    };

    public static readonly Field<ProjectTask> Due = new()
    {
        Name = "due",
        Label = "Due",
        Kind = FieldKind.Date,
        Property = nameof(ProjectTask.DueOn),
        Read = t => Day.Text(t.DueOn),
        Write = (t, typed, _) => Do(() => t.Due(Day.Parse(typed))),
        Show = (t, clock) => ShowDue(t.DueOn, t.Status, clock),
        Empty = "Add a date",
    };

    public static readonly Field<ProjectTask> Labels = new()
    {
        Name = "labels",
        Label = "Labels",
        Kind = FieldKind.Line,
        Property = nameof(ProjectTask.Labels),
        Rule = new LineAttribute(MostLabels * (ProjectTask.LabelLength + 2)),
        Read = t => string.Join(", ", t.Labels),
        Write = WriteLabels,
        Show = (t, _) => new Shown(string.Join(", ", t.Labels), Labels: t.Labels),
        Empty = "Add labels, with commas between",
    };

    public static readonly Field<ProjectTask> Audience = new()
    {
        Name = "audience",
        Label = "Who sees it",
        Kind = FieldKind.Choice,
        Property = nameof(ProjectTask.Audience),
        Options = (_, _, _) => Task.FromResult(TaskWords.Audiences.Select(a => new Option(a.Slug(), a.Label())).ToList()),
        Read = t => t.Audience.Slug(),
        Text = audience => ((Timeline.Audience)audience).Slug(),
        Write = (t, typed, _) => Do(() => t.ShowTo(TaskWords.ParseAudience(typed)!.Value)),
        Show = (t, _) => t.Audience.Show(),
    };

    public static readonly IReadOnlyList<Field<ProjectTask>> All = [Title, Description, Status, Priority, Assignee, Due, Labels, Audience];

    public static Shown ShowAssignee(string? name) => new(name ?? "", Person: name);

    /// <summary>A day, and how late it is by the workspace's calendar.</summary>
    public static Shown ShowDue(DateOnly? due, TaskStatus status, Clock clock)
    {
        if (due is not { } day)
        {
            return new Shown("");
        }

        var late = clock.Today.DayNumber - day.DayNumber;
        return (status, late) switch
        {
            (not TaskStatus.Done, > 0) => new Shown($"{clock.Day(day)} · {late} d overdue", "bad"),
            (not TaskStatus.Done, 0) => new Shown("Today", "warn"),
            _ => new Shown(clock.Day(day)),
        };
    }

    private static async Task<List<Option>> AssigneesAsync(CrmDb db, ProjectTask task, CancellationToken cancel) =>
        [new Option("", "Nobody"), .. await db.Assignable(task.Project, task.AssigneeId).AsOptions(cancel)];

    private static string? WriteLabels(ProjectTask task, string typed, Clock clock)
    {
        var labels = typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (labels.Length > MostLabels)
        {
            return $"A task carries at most {MostLabels} labels, and these are {labels.Length}.";
        }

        return labels.FirstOrDefault(l => l.Length > ProjectTask.LabelLength) is { } tooLong
            ? $"The label “{tooLong[..20]}…” is too long: at most {ProjectTask.LabelLength} characters fit."
            : Do(() => task.Label(labels));
    }

    private static string? Do(Action verb)
    {
        verb();
        return null;
    }
}
