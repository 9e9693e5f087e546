using System.Globalization;
using Crm.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Tasks;

/// <summary>
/// Which tasks a list shows. All of it stands in the address, so that a view can be shared as a link; a value that means
/// nothing counts as none.
/// </summary>
public sealed record TaskFilter
{
    /// <summary>Nobody reads on beyond this; a filter finds it sooner.</summary>
    private const int LastPage = 400;

    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary><c>me</c>, a person's id, or <c>none</c>.</summary>
    [FromQuery(Name = "assignee")]
    public string? Assignee { get; init; }

    /// <summary><c>open</c> (the default), a status, or <c>all</c>.</summary>
    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    /// <summary><c>overdue</c>, <c>today</c>, or <c>week</c>: tomorrow through the seventh day from today.</summary>
    [FromQuery(Name = "due")]
    public string? Due { get; init; }

    [FromQuery(Name = "project")]
    public string? Project { get; init; }

    [FromQuery(Name = "priority")]
    public string? Priority { get; init; }

    /// <summary><c>true</c>: archived tasks, and those of archived projects, instead of the others.</summary>
    [FromQuery(Name = "archived")]
    public string? Archived { get; init; }

    /// <summary><c>due</c> (the default), <c>priority</c>, <c>newest</c> or <c>place</c>.</summary>
    [FromQuery(Name = "order")]
    public string? Order { get; init; }

    [FromQuery(Name = "page")]
    public string? PageNumber { get; init; }

    public string Words => (Q ?? "").Trim();

    public int Page => Math.Clamp(Number(PageNumber) ?? 1, 1, LastPage);

    public int? ProjectId => Number(Project);

    public bool IsArchived => Archived == "true";

    public bool IsNarrowed =>
        Words.Length > 0 || AssigneeValue.Length > 0 || StatusValue != "open" || DueValue.Length > 0 || ProjectId is not null
        || TaskWords.ParsePriority(Priority) is not null || IsArchived;

    /// <summary>What stands in the form.</summary>
    public string AssigneeValue => Assignee is "me" or "none" ? Assignee : Number(Assignee)?.ToString(CultureInfo.InvariantCulture) ?? "";

    public string StatusValue => Status is "all" || TaskWords.ParseStatus(Status) is not null ? Status! : "open";

    public string DueValue => Due is "overdue" or "today" or "week" ? Due : "";

    public string OrderValue => Order is "priority" or "newest" or "place" ? Order : "due";

    public int? AssigneeId(CurrentUser user) => Assignee == "me" ? user.Id : Number(Assignee);

    /// <summary>The address of the same list on another page.</summary>
    public string Url(int page)
    {
        var query = new Dictionary<string, string?>
        {
            ["q"] = Words.Length > 0 ? Words : null,
            ["assignee"] = AssigneeValue.Length > 0 ? AssigneeValue : null,
            ["status"] = StatusValue == "open" ? null : StatusValue,
            ["due"] = DueValue.Length > 0 ? DueValue : null,
            ["project"] = ProjectId?.ToString(CultureInfo.InvariantCulture),
            ["priority"] = TaskWords.ParsePriority(Priority)?.Slug(),
            ["archived"] = IsArchived ? "true" : null,
            ["order"] = OrderValue == "due" ? null : OrderValue,
            ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
        };
        return "/tasks" + QueryString.Create(query.Where(p => p.Value is not null));
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
