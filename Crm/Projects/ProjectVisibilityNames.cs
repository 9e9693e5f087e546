using Crm.Web;

namespace Crm.Projects;

/// <summary>The words and tones of who sees a project.</summary>
public static class ProjectVisibilityNames
{
    public static Shown Show(this ProjectVisibility visibility) => visibility switch
    {
        ProjectVisibility.Private => new Shown("Its members", "private"),
        _ => new Shown("The whole team"),
    };

    public static List<Option> Options { get; } =
        [.. Enum.GetValues<ProjectVisibility>().Select(v => new Option(v.ToString(), v.Show().Text))];
}
