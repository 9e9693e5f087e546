using System.Runtime.CompilerServices;

namespace Crm.Tests.Docs;

/// <summary>The files as they are committed.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static readonly string Docs = Path.Combine(Root, "Crm", "Docs");

    /// <summary>All Markdown files, relative to the root.</summary>
    public static IEnumerable<string> MarkdownFiles =>
        Directory.EnumerateFiles(Docs, "*.md").Append(Path.Combine(Root, "README.md")).Select(file => Path.GetRelativePath(Root, file));

    /// <summary>Files of these folders, without what a build puts there.</summary>
    public static IEnumerable<string> Files(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string Find([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../.."));
}
