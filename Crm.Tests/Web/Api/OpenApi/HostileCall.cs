using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Tests.Web.Api.OpenApi;

/// <summary>
/// A call that nobody sends by mistake, made from what the document says of an operation: something of it is as it should be, so
/// that it gets further than the door, and something is not. The same number makes the same call.
/// </summary>
internal sealed class HostileCall(Contract contract, ContractOperation operation, int seed)
{
    private const int Longest = 6_000;

    /// <summary>As JSON, or what is not quite JSON.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "2147483648", "-2147483649", "99999999999999999999999999", "1e400", "-1e-400", "01", "NaN", "\"1\"", "\"\"", "\" \"", "[]", "[null]", "[[]]", "{}",
        "{\"a\":{}}", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\x\"", "\"\u0001\"", "\"open", "[1,", "'a'", "\"2026-02-30\"", "\"2026-06-01T25:00:00Z\"", "\"0001-01-01\"", "\"9999-12-31\"", "undefined",
        new string('[', 40) + new string(']', 40), new string('[', 5_000), "\"" + new string('a', 30_000) + "\"",
    ];

    private static readonly string[] ContentTypes = ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/json-patch+json", "x", ""];

    private static readonly string[] HeaderValues = ["", "*", "\"", "\"\"", "W/\"1\"", "\"1-\"", "\"-1\"", "\"99999999999-a\"", "a, b", "\"1\", *", "null", "()", new string('"', 300), new string('a', 2_000)];

    private static readonly string[] Texts = [.. Naughty.Encoded.Select(text => text.Length > Longest ? text[..Longest].TrimEnd('%') : text)];

    /// <summary>The server itself refuses an address with a null in it, before the program hears of it.</summary>
    private static readonly string[] Segments = [.. Texts.Where(text => !text.Contains("%00", StringComparison.Ordinal))];

    private readonly Random _chance = new(seed);

    public override string ToString() => $"{operation.Name} ({seed})";

    public HttpRequestMessage Make()
    {
        var part = _chance.Next(operation.Shape["requestBody"] is null ? 3 : 6);
        var path = string.Join('/', operation.Path.Split('/').Select(segment => !segment.StartsWith('{') ? segment : part == 0 ? Any(Segments) : _chance.Next(4) == 0 ? "2" : "1"));
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), path + Query(isBad: part == 1));
        AddHeaders(request, isBad: part == 2);
        if (operation.Shape["requestBody"]?["content"] is { } contents)
        {
            request.Content = new ByteArrayContent(Body(contents, isBad: part > 2));
            var type = part == 5 && _chance.Next(3) == 0 ? Any(ContentTypes) : contents.AsObject().First().Key;
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        else if (_chance.Next(5) == 0 && operation.Method != "GET")
        {
            request.Content = new StringContent(Any(Values), new MediaTypeHeaderValue("application/json"));
        }

        return request;
    }

    private string Query(bool isBad)
    {
        var known = Parameters("query").Where(_ => _chance.Next(3) == 0).Select(p => $"{p["name"]}={(isBad ? Any(Texts) : Uri.EscapeDataString(ExampleOf(p)))}");
        var text = string.Join('&', isBad && _chance.Next(4) == 0 ? known.Append($"{Any(Texts)}={Any(Texts)}") : known);
        return text.Length == 0 ? "" : "?" + (text.Length > Longest ? text[..Longest].TrimEnd('%') : text);
    }

    private void AddHeaders(HttpRequestMessage request, bool isBad)
    {
        foreach (var name in Parameters("header").Select(p => p["name"]!.ToString()).Where(_ => isBad || _chance.Next(8) == 0))
        {
            request.Headers.TryAddWithoutValidation(name, isBad ? Any(HeaderValues) : $"key-{seed}");
        }

        if (isBad)
        {
            request.Headers.TryAddWithoutValidation("Accept", Any(["text/html", "*/*", "image/png", "", "application/xml;q=2"]));
        }
    }

    private byte[] Body(JsonNode contents, bool isBad)
    {
        var content = contents.AsObject().First().Value!;
        var example = content["example"]?.ToJsonString() ?? "{}";
        return !isBad ? Encoding.UTF8.GetBytes(example) : _chance.Next(8) switch
        {
            0 => [],
            1 => Encoding.UTF8.GetBytes(Any(Values)),
            2 => Encoding.UTF8.GetBytes(example[..^_chance.Next(1, Math.Max(2, example.Length))]),
            3 => [.. Encoding.UTF8.GetBytes(example[..^1]), 0xff, 0xfe, 0xc0, 0x80, (byte)'}'],
            _ => Encoding.UTF8.GetBytes(Changed(content)),
        };
    }

    /// <summary>The example with one property that is another one, there twice, or unknown.</summary>
    private string Changed(JsonNode content)
    {
        var properties = contract.Schemas.Resolve(content["schema"]!)["properties"]?.AsObject().Select(p => p.Key).ToList() ?? [];
        var name = properties.Count == 0 || _chance.Next(10) == 0 ? Any(["", "__proto__", "$type", "id", "\\u0000"]) : properties[_chance.Next(properties.Count)];
        var value = _chance.Next(2) == 0 ? Any(Values) : JsonSerializer.Serialize(Uri.UnescapeDataString(Any(Texts)));
        var others = content["example"] is JsonObject all ? all.Where(p => p.Key != name || _chance.Next(6) == 0).Select(p => $"{JsonSerializer.Serialize(p.Key)}:{p.Value?.ToJsonString() ?? "null"}") : [];
        return $"{{{string.Join(',', others.Append($"\"{name}\":{value}"))}}}";
    }

    private IEnumerable<JsonNode> Parameters(string place) =>
        (operation.Shape["parameters"]?.AsArray() ?? []).Select(p => contract.Schemas.Resolve(p!)).Where(p => p["in"]!.ToString() == place);

    private static string ExampleOf(JsonNode parameter) => (parameter["example"] ?? parameter["examples"]?["usual"]?["value"])?.ToString() ?? "1";

    private string Any(string[] of) => of[_chance.Next(of.Length)];
}
