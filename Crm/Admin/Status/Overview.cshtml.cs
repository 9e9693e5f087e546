using Crm.Accounts;
using Crm.Web;

namespace Crm.Admin.Status;

/// <summary>How the program does, for who runs it.</summary>
[Needs(Right.RunWorkspace)]
public sealed class OverviewModel(SystemReport report) : CrmPage
{
    public SystemStateResource State { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel) => State = await report.MakeAsync(cancel);

    /// <summary>Such as “3 h”.</summary>
    public static string Span(TimeSpan time) => time switch
    {
        { TotalHours: < 1 } => $"{Math.Max(1, (int)time.TotalMinutes)} min",
        { TotalDays: < 2 } => $"{(int)time.TotalHours} h",
        _ => $"{(int)time.TotalDays} days",
    };

    /// <summary>How much there is, by what it is called.</summary>
    public static IReadOnlyList<(string Name, int Count)> Counts(RowsResource rows) =>
    [
        ("People", rows.People), ("Projects", rows.Projects), ("Tasks", rows.Tasks), ("Comments", rows.Comments), ("Ratings", rows.Ratings), ("Changes", rows.Changes),
    ];

    /// <summary>Colour and word of a check.</summary>
    public static (string Tone, string Text) Tag(CheckResource check) => check.State switch
    {
        "good" => ("good", "Good"),
        "degraded" => ("warn", "Look after it"),
        _ => ("bad", "Not ready"),
    };
}
