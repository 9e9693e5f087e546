using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Accounts;
using Crm.Timeline;

namespace Crm.Webhooks;

/// <summary>The JSON of messages: <c>type</c>, <c>timestamp</c>, <c>data</c>, as Standard Webhooks says.</summary>
internal sealed class WebhookPayload(Subscriptions subscriptions, RecordData records, Via via, DateTime now)
{
    public const int MostBytes = 65_536;

    /// <summary>Longer texts are cut: whoever needs them whole asks the API.</summary>
    public const int LongestText = 4_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        // It goes out as JSON, never into a page: letters of every language stay what they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="who">Null when no person did it.</param>
    public string Of(Happening happening, int? who, string? name)
    {
        var isDeleted = happening.Event.EndsWith(".deleted", StringComparison.Ordinal);
        var (id, path, projectId, fields) = records.Of(happening.Record, isDeleted);
        var data = Head(id, path, projectId, who, name);
        var isCut = false;
        foreach (var (property, value) in fields)
        {
            data[NameOf(property)] = Cut(value, ref isCut);
        }

        if (happening.Changes.Count > 0)
        {
            List<object> changes = [];
            foreach (var change in happening.Changes)
            {
                changes.Add(new Dictionary<string, object?> { ["field"] = NameOf(change.Property), ["from"] = Cut(change.From, ref isCut), ["to"] = Cut(change.To, ref isCut) });
            }

            data["changes"] = changes;
        }

        data["truncated"] = isCut;
        var whole = Write(happening.Event, now, data);
        return Encoding.UTF8.GetByteCount(whole) <= MostBytes ? whole : Write(happening.Event, now, Thin(id, path, projectId, who, name));
    }

    /// <summary>What is sent to try a webhook out.</summary>
    public static string OfTest(Webhook webhook, string url, CurrentUser by, Via via, DateTime now) => Write(WebhookEvents.Test, now, new()
    {
        ["id"] = webhook.Id,
        ["url"] = url,
        ["projectId"] = null,
        ["who"] = new Dictionary<string, object?> { ["id"] = by.Id, ["name"] = by.Name, ["via"] = via },
        ["name"] = webhook.Name,
        ["truncated"] = false,
    });

    private Dictionary<string, object?> Head(int id, string path, int? projectId, int? who, string? name) => new()
    {
        ["id"] = id,
        ["url"] = subscriptions.Link(path),
        ["projectId"] = projectId,
        ["who"] = new Dictionary<string, object?> { ["id"] = who, ["name"] = name, ["via"] = via },
    };

    private Dictionary<string, object?> Thin(int id, string path, int? projectId, int? who, string? name)
    {
        var head = Head(id, path, projectId, who, name);
        head["truncated"] = true;
        return head;
    }

    private static string Write(string type, DateTime at, Dictionary<string, object?> data) => JsonSerializer.Serialize(
        new Dictionary<string, object?> { ["type"] = type, ["timestamp"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["data"] = data }, Json);

    private static string NameOf(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    private static object? Cut(object? value, ref bool isCut)
    {
        if (value is not string { Length: > LongestText } text)
        {
            return value is DateTime moment ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : value;
        }

        isCut = true;
        return text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)] + "…";
    }
}
