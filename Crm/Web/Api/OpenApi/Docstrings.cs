using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Crm.Web.Api.OpenApi;

/// <summary>The docstrings of the program as Markdown, read from the file that the compiler writes beside it.</summary>
public sealed partial class Docstrings
{
    private readonly Dictionary<string, XElement> _members;

    private Docstrings(IEnumerable<XElement> members) =>
        _members = members.ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);

    public static Docstrings Read() =>
        new(XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{typeof(Docstrings).Assembly.GetName().Name}.xml")).Descendants("member"));

    public string? Of(Type type) => Text(Member('T', type)?.Element("summary"));

    public string? Of(PropertyInfo property) =>
        Text(Member('P', property.DeclaringType!, property.Name)?.Element("summary")) ?? Parameter(Member('T', property.DeclaringType!), property.Name);

    /// <summary>What one of the choices of an enumeration means.</summary>
    public string? OfChoice(Type choices, string name) => Text(Member('F', choices, name)?.Element("summary"));

    public string? Of(ParameterInfo parameter) => Parameter(Member((MethodInfo)parameter.Member), parameter.Name!);

    public string? Summary(MethodInfo method) => Text(Member(method)?.Element("summary"));

    public string? Remarks(MethodInfo method) => Text(Member(method)?.Element("remarks"));

    public string? Returns(MethodInfo method) => Text(Member(method)?.Element("returns"));

    private XElement? Member(char kind, Type type, string? name = null)
    {
        var id = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');
        return _members.GetValueOrDefault(name is null ? $"{kind}:{id}" : $"{kind}:{id}.{name}");
    }

    /// <summary>Handlers are not overloaded, so that the name says enough.</summary>
    private XElement? Member(MethodInfo method)
    {
        var id = $"M:{method.DeclaringType!.FullName!.Replace('+', '.')}.{method.Name}";
        return _members.GetValueOrDefault(id) ?? _members.FirstOrDefault(m => m.Key.StartsWith($"{id}(", StringComparison.Ordinal)).Value;
    }

    private static string? Parameter(XElement? member, string name) =>
        Text(member?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == name));

    private static string? Text(XElement? element)
    {
        var text = new StringBuilder();
        foreach (var node in element?.Nodes() ?? [])
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "para" } para => $"\n\n{Text(para)}\n\n",
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement inline when inline.Attribute("langword") is { } word => $"`{word.Value}`",
                XElement inline when (inline.Attribute("cref") ?? inline.Attribute("name")) is { } name => $"`{Last().Match(name.Value).Value}`",
                XElement other => Text(other),
                XText plain => Blanks().Replace(plain.Value, " "),
                _ => "",
            });
        }

        return text.ToString().Trim() is { Length: > 0 } words ? words : null;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\w+$", RegexOptions.None, 1000)]
    private static partial Regex Last();
}
