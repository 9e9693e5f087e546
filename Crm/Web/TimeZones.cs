using System.ComponentModel.DataAnnotations;

namespace Crm.Web;

/// <summary>The time zones that people choose from, by their IANA names.</summary>
public static class TimeZones
{
    private static readonly Lazy<IReadOnlyList<Option>> Known = new(Read);

    private static readonly Lazy<HashSet<string>> Names = new(() => Known.Value.Select(z => z.Value).ToHashSet(StringComparer.Ordinal));

    public static IReadOnlyList<Option> All => Known.Value;

    /// <summary>Where this machine stands: the best guess for somebody who sets it up.</summary>
    public static string Here => Knows(TimeZoneInfo.Local.Id) ? TimeZoneInfo.Local.Id : "UTC";

    public static bool Knows(string name) => Names.Value.Contains(name);

    private static List<Option> Read()
    {
        var zones = TimeZoneInfo.GetSystemTimeZones()
            .Where(zone => zone.HasIanaId && zone.Id.Contains('/', StringComparison.Ordinal) && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal))
            .Select(zone => zone.Id)
            .Order(StringComparer.Ordinal)
            .Prepend("UTC")
            .Select(id => new Option(id, id.Replace('_', ' ')))
            .ToList();
        // All rules of all of them take 4 MB. A zone that is used is read once more.
        TimeZoneInfo.ClearCachedData();
        return zones;
    }
}

/// <summary>One of <see cref="TimeZones.All"/>, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeZoneNameAttribute : ValidationAttribute
{
    public TimeZoneNameAttribute()
        : base("That time zone is not known here. Choose one of the list.")
    {
    }

    public override bool IsValid(object? value) => value is not string { Length: > 0 } name || TimeZones.Knows(name);
}
