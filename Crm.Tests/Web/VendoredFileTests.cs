using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Crm.Tests.Web;

public sealed class VendoredFileTests
{
    // As published by their makers. A new version is a new folder and a new line, never an edit.
    private static readonly Dictionary<string, string> Published = new()
    {
        ["@fontsource-variable/inter@5.3.0/LICENSE"] = "3B0A5FCA3D17942C",
        ["@fontsource-variable/inter@5.3.0/inter-latin-ext-wght-normal.woff2"] = "34B9C504CAB7A73E",
        ["@fontsource-variable/inter@5.3.0/inter-latin-wght-normal.woff2"] = "3100E775E8616CD2",
        ["htmx.org@4.0.1/LICENSE"] = "D3D2456F76414F24",
        ["htmx.org@4.0.1/htmx.min.js"] = "A0ABB04F2F45A1F8",
        ["lucide-static@1.62.0/LICENSE"] = "B495047BD93A9B06",
        ["mermaid@11.17.2/LICENSE"] = "EC9FB67DCB25ECCC",
        ["mermaid@11.17.2/mermaid.min.js"] = "581ED7D74BD9048D",
        ["sortablejs@1.15.7/LICENSE"] = "E94DFC31E800D169",
        ["sortablejs@1.15.7/Sortable.min.js"] = "BF4241BC73FEF7F1",
    };

    [Fact]
    public void Vendored_files_are_as_published()
    {
        var root = Root();
        var found = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(root, f).Replace('\\', '/'), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))[..16]);

        Assert.Equal(Published.OrderBy(p => p.Key, StringComparer.Ordinal), found.OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    private static string Root([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../wwwroot/lib"));
}
