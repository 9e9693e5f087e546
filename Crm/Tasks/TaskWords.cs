using Crm.Timeline;
using Crm.Web;

namespace Crm.Tasks;

/// <summary>Statuses and priorities as people read them and as addresses write them.</summary>
public static class TaskWords
{
    public static readonly IReadOnlyList<TaskStatus> Statuses = Enum.GetValues<TaskStatus>();

    public static readonly IReadOnlyList<Audience> Audiences = Enum.GetValues<Audience>();

    public static readonly IReadOnlyList<Priority> Priorities = [.. Enum.GetValues<Priority>().Reverse()];

    public static string Label(this TaskStatus status) => status == TaskStatus.ToDo ? "To do" : status.ToString();

    /// <summary>Such as <c>todo</c>.</summary>
    public static string Slug(this TaskStatus status) => status.ToString().ToLowerInvariant();

    public static string Slug(this Priority priority) => priority.ToString().ToLowerInvariant();

    public static string Slug(this Audience audience) => audience == Audience.ClientVisible ? "client" : "team";

    public static string Label(this Audience audience) => audience == Audience.ClientVisible ? "Client-visible" : "Team only";

    public static Shown Show(this Audience audience) => new(audience.Label(), audience == Audience.ClientVisible ? "client" : "plain");

    public static string? Tone(this TaskStatus status) => status switch
    {
        TaskStatus.Doing => "info",
        TaskStatus.Review => "warn",
        TaskStatus.Done => "good",
        _ => "",
    };

    public static string? Tone(this Priority priority) => priority switch
    {
        Priority.Urgent => "bad",
        Priority.High => "warn",
        _ => null,
    };

    public static Audience? ParseAudience(string? slug) => Parse(Audiences, Slug, slug);

    /// <summary>Null for anything that is no status.</summary>
    public static TaskStatus? ParseStatus(string? slug) => Parse(Statuses, Slug, slug);

    public static Priority? ParsePriority(string? slug) => Parse(Priorities, Slug, slug);

    public static TaskStep? ParseStep(string? slug) => Parse(Enum.GetValues<TaskStep>(), step => step.ToString().ToLowerInvariant(), slug);

    private static T? Parse<T>(IEnumerable<T> all, Func<T, string> slugOf, string? slug)
        where T : struct
    {
        foreach (var one in all)
        {
            if (slugOf(one) == slug)
            {
                return one;
            }
        }

        return null;
    }
}
