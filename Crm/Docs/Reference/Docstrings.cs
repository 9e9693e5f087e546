using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Crm.Docs.Reference;

/// <summary>What the code says of its own types and properties.</summary>
internal sealed class Docstrings
{
    private static readonly Regex Spaces = new(@"\s+", RegexOptions.NonBacktracking);

    private readonly Dictionary<string, XElement> _members;

    public Docstrings()
    {
        var file = Path.ChangeExtension(typeof(Docstrings).Assembly.Location, ".xml");
        _members = XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);
    }

    /// <returns>Empty when nothing is said.</returns>
    public string Of(Type type) => Of($"T:{Name(type)}");

    /// <inheritdoc cref="Of(Type)"/>
    public string Of(PropertyInfo property) => Of($"P:{Name(property.DeclaringType!)}.{property.Name}");

    private string Of(string member) =>
        _members.GetValueOrDefault(member)?.Element("summary") is { } summary ? Spaces.Replace(string.Concat(summary.Nodes().Select(Words)), " ").Trim() : "";

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Words(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement see when see.Attribute("cref") is { } cref => $"`{cref.Value.Split('(')[0].Split('.')[^1]}`",
        XElement other => other.Value,
        _ => "",
    };
}
