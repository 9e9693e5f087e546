using Crm.Web;

namespace Crm.Projects;

/// <summary>The words and tones of a project's status.</summary>
public static class ProjectStatusNames
{
    public static Shown Show(this ProjectStatus status) => status switch
    {
        ProjectStatus.Planned => new Shown("Planned", "info"),
        ProjectStatus.Active => new Shown("Active", "good"),
        ProjectStatus.OnHold => new Shown("On hold", ""),
        ProjectStatus.Completed => new Shown("Completed", "good"),
        _ => new Shown("Cancelled", ""),
    };

    public static List<Option> Options { get; } =
        [.. Enum.GetValues<ProjectStatus>().Select(s => new Option(s.ToString(), s.Show().Text))];
}
