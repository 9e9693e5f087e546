using System.Globalization;
using Crm.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Projects;

/// <summary>In which order projects are listed.</summary>
public enum ProjectOrder
{
    Name,
    Due,
    Newest,
}

/// <summary>Which projects a list shows. All of it stands in the address, so that a view can be shared as a link.</summary>
public sealed record ProjectFilter
{
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [FromQuery(Name = "status")]
    public ProjectStatus? Status { get; init; }

    /// <summary><c>me</c> or a person's id.</summary>
    [FromQuery(Name = "owner")]
    public string? Owner { get; init; }

    /// <summary><c>true</c>: only projects that the person is a member of.</summary>
    [FromQuery(Name = "mine")]
    public bool IsMine { get; init; }

    [FromQuery(Name = "archived")]
    public bool Archived { get; init; }

    [FromQuery(Name = "order")]
    public ProjectOrder Order { get; init; }

    [FromQuery(Name = "page")]
    public int? PageNumber { get; init; }

    public string Words => (Q ?? "").Trim();

    public bool IsNarrowed => Words.Length > 0 || Status is not null || !string.IsNullOrEmpty(Owner) || IsMine || Archived;

    public int? OwnerId(CurrentUser user) =>
        Owner == "me" ? user.Id : int.TryParse(Owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The address of the same list on another page.</summary>
    public string Url(int page)
    {
        var query = new Dictionary<string, string?>
        {
            ["q"] = Words.Length > 0 ? Words : null,
            ["status"] = Status?.ToString(),
            ["owner"] = string.IsNullOrEmpty(Owner) ? null : Owner,
            ["mine"] = IsMine ? "true" : null,
            ["archived"] = Archived ? "true" : null,
            ["order"] = Order == ProjectOrder.Name ? null : Order.ToString(),
            ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
        };
        return "/projects" + QueryString.Create(query.Where(p => p.Value is not null));
    }
}
