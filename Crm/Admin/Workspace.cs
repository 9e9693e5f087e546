using Crm.Timeline;

namespace Crm.Admin;

/// <summary>Who may register by themselves.</summary>
public enum Registration
{
    Invitation,
    Open,
    Closed,
}

/// <summary>The one workspace of this installation and its settings. Its row exists as soon as somebody has set it up.</summary>
public sealed class Workspace : ITracked
{
    public const int NameLength = 80;
    public const int AddressLength = 200;

    private Workspace()
    {
    }

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>IANA name. Days (due, overdue, today) are judged here for everybody.</summary>
    public string TimeZone { get; private set; } = "UTC";

    public Registration Registration { get; private set; }

    /// <summary>How people reach this installation, such as <c>https://crm.northlight.example</c>: links in mails begin with it.</summary>
    public string? Address { get; private set; }

    /// <summary>Nobody works here without a second proof of who they are.</summary>
    public bool RequiresSecondFactor { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    int? ITracked.ProjectId => null;

    public static Workspace SetUp(string name, string timeZone, DateTime now, string? address = null) =>
        new() { Id = 1, Name = name, TimeZone = timeZone, CreatedAt = now, Address = address };

    public void Rename(string name) => Name = name;

    public void LiveIn(string timeZone) => TimeZone = timeZone;

    public void AnswerAt(string? address) => Address = address;

    public void RequireSecondFactor(bool isRequired) => RequiresSecondFactor = isRequired;

    public void Admit(Registration registration) => Registration = registration;

    /// <summary>The whole day that a moment falls on, in the workspace's time zone.</summary>
    public DateOnly DayOf(DateTime utc) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)));

    /// <summary>The moment at which a day begins here.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            // Where clocks are set forward at midnight.
            local = local.AddMinutes(15);
        }

        return TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
