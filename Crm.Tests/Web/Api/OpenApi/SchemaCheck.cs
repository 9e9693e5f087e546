using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crm.Tests.Web.Api.OpenApi;

/// <summary>
/// Judges JSON by a schema of the document, as far as the document uses JSON Schema. Answers are judged strictly: a property that
/// the document does not name is a mistake too.
/// </summary>
internal sealed class SchemaCheck(JsonNode document)
{
    /// <summary>What says nothing about a value, or is judged beside another keyword.</summary>
    private static readonly HashSet<string> Words =
        ["$ref", "description", "title", "example", "examples", "default", "deprecated", "readOnly", "writeOnly", "additionalProperties", "properties", "contentMediaType", "contentEncoding"];

    /// <summary>What is wrong with it, and where.</summary>
    public IEnumerable<string> Mistakes(JsonNode schema, JsonNode? value, string at = "$")
    {
        if (schema["$ref"] is { } reference)
        {
            foreach (var mistake in Mistakes(Target(reference.ToString()), value, at))
            {
                yield return mistake;
            }

            yield break;
        }

        if (value is JsonObject all && (schema["properties"] is not null || schema["additionalProperties"] is JsonObject))
        {
            foreach (var mistake in all.SelectMany(p => OfProperty(schema, p.Key, p.Value, at)))
            {
                yield return mistake;
            }
        }

        foreach (var (keyword, demand) in schema.AsObject().Where(k => !Words.Contains(k.Key)))
        {
            foreach (var mistake in Of(keyword, demand!, value, at))
            {
                yield return mistake;
            }
        }
    }

    /// <summary>What a reference of the document leads to.</summary>
    public JsonNode Target(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, part) => node[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)] ?? throw new KeyNotFoundException(reference));

    public JsonNode Resolve(JsonNode node) => node["$ref"] is { } reference ? Resolve(Target(reference.ToString())) : node;

    private IEnumerable<string> OfProperty(JsonNode schema, string name, JsonNode? value, string at) =>
        schema["properties"]?[name] is { } known ? Mistakes(known, value, $"{at}.{name}")
        : schema["additionalProperties"] is JsonObject further ? Mistakes(further, value, $"{at}.{name}")
        : [$"{at}.{name} is not in the document"];

    private IEnumerable<string> Of(string keyword, JsonNode demand, JsonNode? value, string at) => keyword switch
    {
        "type" => Says(demand is JsonArray types ? types.Any(t => IsOf(t!.ToString(), value)) : IsOf(demand.ToString(), value), $"{at} is no {demand.ToJsonString()}: {value?.ToJsonString() ?? "null"}"),
        "enum" => Says(demand.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)), $"{at} is none of {demand.ToJsonString()}: {value?.ToJsonString() ?? "null"}"),
        "required" => value is JsonObject all ? demand.AsArray().Select(n => n!.ToString()).Where(n => !all.ContainsKey(n)).Select(n => $"{at}.{n} is missing") : [],
        "oneOf" or "anyOf" => Says(demand.AsArray().Count(s => !Mistakes(s!, value, at).Any()) is var fits && (keyword == "oneOf" ? fits == 1 : fits > 0), $"{at} fits {keyword} not: {string.Join("; ", demand.AsArray().SelectMany(s => Mistakes(s!, value, at)))}"),
        "allOf" => demand.AsArray().SelectMany(s => Mistakes(s!, value, at)),
        "items" => value is JsonArray items ? items.SelectMany((item, i) => Mistakes(demand, item, $"{at}[{i}]")) : [],
        "minItems" => Says(value is not JsonArray few || few.Count >= Number(demand), $"{at} holds too little"),
        "maxItems" => Says(value is not JsonArray many || many.Count <= Number(demand), $"{at} holds too much"),
        "minLength" => Says(TextOf(value) is not { } text || text.Length >= Number(demand), $"{at} is too short"),
        "maxLength" => Says(TextOf(value) is not { } text || text.Length <= Number(demand), $"{at} is too long"),
        "minimum" => Says(value?.GetValueKind() != JsonValueKind.Number || Number(value) >= Number(demand), $"{at} is too small: {value?.ToJsonString()}"),
        "maximum" => Says(value?.GetValueKind() != JsonValueKind.Number || Number(value) <= Number(demand), $"{at} is too large: {value?.ToJsonString()}"),
        "pattern" => Says(TextOf(value) is not { } text || Regex.IsMatch(text, demand.ToString(), RegexOptions.None, TimeSpan.FromSeconds(1)), $"{at} does not match {demand}: {value?.ToJsonString()}"),
        "format" => Says(TextOf(value) is not { } text || IsOfFormat(demand.ToString(), text), $"{at} is no {demand}: {value?.ToJsonString()}"),
        _ => throw new NotSupportedException($"This check does not know the keyword {keyword} at {at}. Teach it."),
    };

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", var kind) => kind == JsonValueKind.Null,
        ("string", var kind) => kind == JsonValueKind.String,
        ("boolean", var kind) => kind is JsonValueKind.True or JsonValueKind.False,
        ("object", var kind) => kind == JsonValueKind.Object,
        ("array", var kind) => kind == JsonValueKind.Array,
        ("number", var kind) => kind == JsonValueKind.Number,
        ("integer", JsonValueKind.Number) => decimal.IsInteger(Number(value!)),
        _ => false,
    };

    private static bool IsOfFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.EndsWith('Z') && DateTime.TryParse(text, CultureInfo.InvariantCulture, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uuid" => Guid.TryParse(text, out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        _ => true,
    };

    private static string? TextOf(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static decimal Number(JsonNode node) => decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Says(bool isRight, string mistake) => isRight ? [] : [mistake];
}
