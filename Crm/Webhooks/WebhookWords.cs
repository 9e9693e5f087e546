using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Web;

namespace Crm.Webhooks;

/// <summary>Webhooks and deliveries in words.</summary>
public static class WebhookWords
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly IReadOnlyList<Option> States = [.. Enum.GetValues<DeliveryState>().Select(s => new Option(s.ToString(), Of(s).Text))];

    public static Shown Of(DeliveryState state) => state switch
    {
        DeliveryState.Sent => new Shown("Delivered", "good"),
        DeliveryState.Failed => new Shown("Failed", "bad"),
        _ => new Shown("Waiting", "info"),
    };

    public static Shown Of(DateTime? pausedAt, DateTime? failingSince) => (pausedAt, failingSince) switch
    {
        ({ }, _) => new Shown("Paused"),
        (_, { }) => new Shown("Failing", "warn"),
        _ => new Shown("Active", "good"),
    };

    /// <summary>Such as “404 Not Found”.</summary>
    public static string Status(int status) =>
        Enum.IsDefined((HttpStatusCode)status) ? string.Create(CultureInfo.InvariantCulture, $"{status} {Spaced(((HttpStatusCode)status).ToString())}") : status.ToString(CultureInfo.InvariantCulture);

    public static string Answer(int? status, string? error) => (status, error) switch
    {
        ({ } number, null) => Status(number),
        ({ } number, _) => $"{Status(number)}. {error}",
        _ => error ?? "None yet",
    };

    /// <summary>Up to 99, and “99+”.</summary>
    public static string Count(int count) => count < WebhookRow.MostCounted ? count.ToString(CultureInfo.InvariantCulture) : $"{WebhookRow.MostCounted - 1}+";

    /// <summary>JSON as people read it.</summary>
    public static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(Indented);

    private static string Spaced(string name) => string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) && char.IsLower(name[i - 1]) ? $" {letter}" : $"{letter}"));
}
