using System.Globalization;
using System.Text.Json;

namespace Crm.Imports.Trello;

/// <summary>Reads JSON of which nothing is certain: what is missing or of another type than expected is simply not there.</summary>
internal static class LooseJson
{
    public static JsonElement Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement element, string name) => AsText(element.Part(name));

    public static bool Flag(this JsonElement element, string name) => element.Part(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.String } text => string.Equals(text.GetString(), "true", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    public static double? Number(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A moment in UTC.</summary>
    public static DateTime? Moment(this JsonElement element, string name) =>
        DateTime.TryParse(
            element.Text(name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces,
            out var moment) && moment.Year is >= 1900 and <= 2200
            ? moment
            : null;

    /// <summary>The objects in an array.</summary>
    public static IEnumerable<JsonElement> Rows(this JsonElement element, string name) =>
        Items(element.Part(name)).Where(row => row.ValueKind == JsonValueKind.Object);

    /// <summary>The texts in an array.</summary>
    public static IEnumerable<string> Texts(this JsonElement element, string name) => Items(element.Part(name)).Select(AsText).OfType<string>();

    private static IEnumerable<JsonElement> Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    private static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
