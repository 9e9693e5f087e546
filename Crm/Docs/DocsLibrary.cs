namespace Crm.Docs;

/// <summary>All pages of the documentation, read once from the files beside the program.</summary>
public sealed class DocsLibrary
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Docs");

    private readonly Lazy<IReadOnlyList<(string Title, IReadOnlyList<DocPage> Pages)>> _groups = new(() =>
    [
        .. DocsContents.Groups
            .Select(group => (group.Title, Pages: (IReadOnlyList<DocPage>)[.. group.Pages.Where(name => File.Exists(FileOf(name))).Select(Read)]))
            .Where(group => group.Pages.Count > 0),
    ]);

    private readonly Lazy<IReadOnlySet<string>> _pictures = new(() =>
        Directory.EnumerateFiles(Path.Combine(Folder, "pictures"), "*.png").Select(file => Path.GetFileName(file)!).ToHashSet(StringComparer.Ordinal));

    /// <summary>In the order in which they are read.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<DocPage> Pages)> Groups => _groups.Value;

    public IEnumerable<DocPage> Pages => Groups.SelectMany(group => group.Pages);

    /// <param name="name">The last part of its address; null for the first page.</param>
    public DocPage? Find(string? name)
    {
        var address = name is null ? "/docs" : $"/docs/{name}";
        return Pages.FirstOrDefault(page => page.Address == address || page.Name == name);
    }

    /// <summary>The file of a picture, or null when there is none of this name.</summary>
    public string? Picture(string name) => _pictures.Value.Contains(name) ? Path.Combine(Folder, "pictures", name) : null;

    private static string FileOf(string name) => Path.Combine(Folder, name + ".md");

    private static DocPage Read(string name) => DocsMarkdown.Read(name, File.ReadAllText(FileOf(name)));
}
