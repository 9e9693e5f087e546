using System.ComponentModel.DataAnnotations;
using Crm.Timeline;
using Crm.Web;

namespace Crm.Tasks;

/// <summary>A step that a task takes from where it stands.</summary>
public enum TaskStep
{
    /// <summary>One place up in its status.</summary>
    Up,

    /// <summary>One place down in its status.</summary>
    Down,

    /// <summary>To the first place of its status.</summary>
    Top,

    /// <summary>Into the next status.</summary>
    Next,

    /// <summary>Into the status before.</summary>
    Previous,
}

/// <summary>What it takes to create a task.</summary>
public sealed record CreateTask
{
    [Display(Name = "Title")]
    [Line(ProjectTask.TitleLength, Required = true)]
    public string? Title { get; init; }

    /// <summary>Markdown.</summary>
    [Display(Name = "Description")]
    [Prose(ProjectTask.DescriptionLength)]
    public string? Description { get; init; }

    /// <summary>To do, when it is not sent.</summary>
    public TaskStatus? Status { get; init; }

    /// <summary>Normal, when it is not sent.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Who answers for it: somebody of the team, in a private project one of its members.</summary>
    public int? AssigneeId { get; init; }

    /// <summary>A whole day in the workspace's time zone.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>At most 20, each of at most 60 characters without a comma.</summary>
    [Labels]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The team alone, when it is not sent.</summary>
    public Audience? Audience { get; init; }
}

/// <summary>What of a task can be changed. What is not sent stays as it is.</summary>
public sealed record TaskPatch
{
    [Display(Name = "Title")]
    [Line(ProjectTask.TitleLength, Required = true)]
    public string? Title { get; init; }

    /// <summary>Markdown.</summary>
    [Display(Name = "Description")]
    [Prose(ProjectTask.DescriptionLength)]
    public string? Description { get; init; }

    /// <summary>In another status it stands last, and first among what is done. To choose the place, move it.</summary>
    public TaskStatus? Status { get; init; }

    public Priority? Priority { get; init; }

    /// <summary>Who answers for it: somebody of the team, in a private project one of its members. Null for nobody.</summary>
    public int? AssigneeId { get; init; }

    /// <summary>A whole day in the workspace's time zone; null for none.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>All of them: at most 20, each of at most 60 characters without a comma. Null for none.</summary>
    [Labels]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether the project's clients see it.</summary>
    public Audience? Audience { get; init; }
}

/// <summary>Where a task is to go. Of <c>before</c>, <c>after</c> and <c>to</c> one says enough.</summary>
public sealed record MoveTask
{
    /// <summary>The new status; without it, the present one.</summary>
    public TaskStatus? Status { get; init; }

    /// <summary>The task of that status that it shall stand before.</summary>
    public int? Before { get; init; }

    /// <summary>The task of that status that it shall stand after.</summary>
    public int? After { get; init; }

    /// <summary>A step from where it stands.</summary>
    public TaskStep? To { get; init; }

    internal TaskStatus TargetOf(ProjectTask task) => To switch
    {
        TaskStep.Next => (TaskStatus)Math.Min((int)task.Status + 1, (int)TaskStatus.Done),
        TaskStep.Previous => (TaskStatus)Math.Max((int)task.Status - 1, 0),
        _ => Status ?? task.Status,
    };

    /// <returns>Null when the task that it shall stand beside is not in this column.</returns>
    internal int? IndexIn(TaskColumn column, TaskStatus target) => (Before, After, To) switch
    {
        ({ } task, _, _) => column.Before(task),
        (_, { } task, _) => column.After(task),
        (_, _, TaskStep.Top) => 0,
        (_, _, TaskStep.Up) when column.Index >= 0 => column.Index - 1,
        (_, _, TaskStep.Down) when column.Index >= 0 => column.Index + 1,
        _ => column.Index >= 0 ? column.Index : TaskMoves.UsualPlace(column, target),
    };
}

/// <summary>Labels one by one: a comma would make two of one, because they are typed with commas between.</summary>
public sealed class LabelsAttribute() : MaxLengthAttribute(TaskFields.MostLabels)
{
    private static readonly LineAttribute Rule = new(ProjectTask.LabelLength) { Required = true };

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var labels = value as IReadOnlyList<string?> ?? [];
        var error = labels.Count > TaskFields.MostLabels
            ? $"A task carries at most {TaskFields.MostLabels} labels, and these are {labels.Count}."
            : labels.Select(l => Rule.Check(l, "A label") ?? (l!.Contains(',', StringComparison.Ordinal) ? $"The label “{l}” holds a comma. Send it as two labels, or without." : null)).FirstOrDefault(e => e is not null);
        return error is null ? ValidationResult.Success : new ValidationResult(error, [validationContext.MemberName ?? ""]);
    }
}
