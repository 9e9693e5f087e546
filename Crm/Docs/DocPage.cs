using Microsoft.AspNetCore.Html;

namespace Crm.Docs;

/// <summary>A page of the documentation, ready to be shown.</summary>
/// <param name="Name">Of its file, without <c>.md</c>.</param>
/// <param name="Version">Another one whenever its text is another one.</param>
/// <param name="Links">Where it leads to within the documentation, as the program shows it.</param>
public sealed record DocPage(
    string Name, string Title, IHtmlContent Html, IReadOnlyList<DocHeading> Headings, bool HasDiagrams, string Version, IReadOnlyList<string> Links)
{
    public string Address => DocsContents.AddressOf(Name);
}

/// <summary>A heading that can be linked to.</summary>
public sealed record DocHeading(int Level, string Id, string Text);
