using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Crm.Tests.Docs;

public sealed class DocsTests
{
    [Theory]
    [InlineData("asvs.md", 100)]
    [InlineData("security.md", 5)]
    public void Every_file_that_a_page_names_is_there(string page, int most)
    {
        var root = Root();
        var files = new[] { "Crm", "Crm.Tests", "wwwroot" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);

        var named = Regex.Matches(File.ReadAllText(Path.Combine(root, "Crm/Docs", page)), @"[`(](?<name>[\w.-]+\.(cshtml|cs|js|md|txt))[`)]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)
            .Select(match => match.Groups["name"].Value).Distinct().ToList();

        Assert.True(named.Count >= most, $"Only {named.Count} files are named.");
        Assert.DoesNotContain(named, file => !files.Contains(file));
    }

    private static string Root([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../.."));
}
