using Crm.Projects;
using Crm.Tasks;

namespace Crm.Timeline;

/// <summary>A change as a thread reads it.</summary>
public sealed record RecordChange(DateTime At, int? PersonId, string? Who, Via Via, string Field, string? From, string? To)
{
    /// <summary>Who changes their mind within this time has done one thing.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private static readonly HashSet<string> PeopleFields = [nameof(Project.OwnerId), nameof(ProjectTask.AssigneeId), nameof(Project.Members)];

    /// <summary>The values are ids of people.</summary>
    public bool NamesPeople => PeopleFields.Contains(Field);

    /// <summary>Taken back at once: nothing to tell.</summary>
    public bool IsUndone => (From ?? "") == (To ?? "");

    /// <summary>Both as one change, or null when they are two things.</summary>
    public RecordChange? Join(RecordChange? next) =>
        next is not null && next.Field == Field && next.PersonId == PersonId && Field != nameof(Project.Members) && next.At - At < Pause
            ? next with { From = From }
            : null;
}
