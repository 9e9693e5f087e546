using System.Globalization;
using Crm.Accounts;
using Crm.Admin;

namespace Crm.Web;

/// <summary>Time as people read it: days in the workspace's time zone, moments in the reader's.</summary>
public sealed class Clock(TimeProvider time, WorkspaceCache workspace, CurrentUser user)
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The day by which "overdue" and "today" are judged.</summary>
    public DateOnly Today => workspace.Current.DayOf(Now);

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);

    /// <summary>Such as "Sunday, 22 November 2026, 14:05".</summary>
    public string Full(DateTime utc) => Local(utc).ToString("dddd, d MMMM yyyy, HH:mm", English);

    /// <summary>Such as "Sunday, 22 November".</summary>
    public static string LongDay(DateOnly day) => day.ToString("dddd, d MMMM", English);

    /// <summary>Such as "22 Nov", with the year when it is not the present one.</summary>
    public string Day(DateOnly day) => day.ToString(day.Year == Today.Year ? "d MMM" : "d MMM yyyy", English);

    /// <summary>Such as "just now", "5 minutes ago", "yesterday", "22 Nov".</summary>
    public string Ago(DateTime utc)
    {
        var passed = Now - utc;
        return passed switch
        {
            { TotalSeconds: < 45 } => "just now",
            { TotalMinutes: < 1.5 } => "a minute ago",
            { TotalMinutes: < 60 } => $"{Math.Round(passed.TotalMinutes)} minutes ago",
            { TotalHours: < 1.5 } => "an hour ago",
            { TotalHours: < 22 } => $"{Math.Round(passed.TotalHours)} hours ago",
            { TotalHours: < 48 } => "yesterday",
            { TotalDays: < 7 } => $"{Math.Floor(passed.TotalDays)} days ago",
            _ => Day(DateOnly.FromDateTime(Local(utc))),
        };
    }

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(user.TimeZone ?? workspace.Current.TimeZone);
}
