using System.Globalization;

namespace Crm.Feedback;

/// <summary>A rating or the average of some, as stars; drawn by <c>_Stars</c>.</summary>
/// <param name="Average">1 to 5, or null when nobody has rated.</param>
public sealed record StarsView(double? Average, int Count)
{
    /// <summary>Such as “4.3”.</summary>
    public string Number => Average?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–";

    public string Words => Average is null ? "No rating yet" : Count == 1 ? $"{Number} of 5" : $"{Number} of 5, from {Count} ratings";

    /// <summary>How the star at this place is filled: <c>on</c>, <c>half</c> or <c>off</c>.</summary>
    /// <param name="place">From 1.</param>
    public string Fill(int place) => ((Average ?? 0) - place) switch
    {
        >= -0.25 => "on",
        >= -0.75 => "half",
        _ => "off",
    };
}
