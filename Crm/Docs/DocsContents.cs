namespace Crm.Docs;

/// <summary>
/// The order in which the documentation is read. A new page is a file beside this one and its name in here; what is named and
/// not there is left out.
/// </summary>
public static class DocsContents
{
    public static readonly IReadOnlyList<DocsGroup> Groups =
    [
        new("Begin", ["introduction", "getting-started", "guide"]),
        new("Run it", ["deployment", "operations", "configuration", "commands", "security", "permissions", "asvs"]),
        new("Build on it", ["api", "webhooks"]),
        new("Change it", ["architecture", "database", "performance", "contributing"]),
    ];

    /// <summary>Where a page is read in the program. The reference of the API stands at <c>/docs/api</c> itself.</summary>
    public static string AddressOf(string name) => name switch
    {
        "introduction" => "/docs",
        "api" => "/docs/api-guide",
        _ => $"/docs/{name}",
    };
}

/// <summary>Pages that belong together.</summary>
/// <param name="Pages">Names of their files, without <c>.md</c>.</param>
public sealed record DocsGroup(string Title, IReadOnlyList<string> Pages);
