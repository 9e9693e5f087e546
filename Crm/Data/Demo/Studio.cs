using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;

namespace Crm.Data.Demo;

/// <summary>
/// The small demonstration, as <c>studio.json</c> tells it. Days count from today (due, starts, done), hours back from now.
/// </summary>
internal sealed record Studio(string Workspace, IReadOnlyList<StudioPerson> People, IReadOnlyList<StudioProject> Projects)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static Studio Read()
    {
        using var file = typeof(Studio).Assembly.GetManifestResourceStream("studio.json")!;
        return JsonSerializer.Deserialize<Studio>(file, Format)!;
    }
}

internal sealed record StudioPerson(string Key, string Name, Role Role);

internal sealed record StudioProject(
    string Key, string Name, string Description, ProjectStatus Status, string Owner, IReadOnlyList<string> Members, int Starts, int Due, IReadOnlyList<StudioTask> Tasks)
{
    public ProjectVisibility Visibility { get; init; }

    public IReadOnlyList<StudioComment> Comments { get; init; } = [];

    public IReadOnlyList<StudioRating> Ratings { get; init; } = [];
}

internal sealed record StudioTask(string Title, TaskStatus Status)
{
    public string Description { get; init; } = "";

    public string? Assignee { get; init; }

    public int? Due { get; init; }

    public int? Done { get; init; }

    public Priority Priority { get; init; } = Priority.Normal;

    public IReadOnlyList<string> Labels { get; init; } = [];

    public Audience Audience { get; init; }

    public StudioChecklist? Checklist { get; init; }

    public IReadOnlyList<StudioComment> Comments { get; init; } = [];
}

/// <param name="Items">With <c>x </c> in front when done, otherwise <c>- </c>.</param>
internal sealed record StudioChecklist(string Name, IReadOnlyList<string> Items);

/// <param name="Answers">The place of the comment that it answers, among those of the same thread.</param>
internal sealed record StudioComment(string By, int Hours, string Text, Audience Audience = Audience.TeamOnly, int? Answers = null);

internal sealed record StudioRating(string By, int Stars, string Comment);
