using Crm.Accounts;
using Crm.Timeline;
using Crm.Web;

namespace Crm.Data;

/// <summary>Who changes things in the present scope, and by which way in. Stands in every <see cref="Change"/>.</summary>
public sealed class Actor(IHttpContextAccessor? http = null)
{
    private (int? PersonId, Via Via)? _set;

    public int? PersonId => _set is { } set ? set.PersonId : RequestUser is { IsSignedIn: true } user ? user.Id : null;

    public Via Via => _set?.Via ?? http?.HttpContext switch
    {
        null => Via.Command,
        var context when context.Request.Path.StartsWithSegments("/api") => Via.Api,
        _ => Via.Web,
    };

    /// <summary>Null outside a request that changes something.</summary>
    public Once? Once => http?.HttpContext?.Features.Get<Once>();

    private CurrentUser? RequestUser => http?.HttpContext is { } context ? CurrentUser.From(context.User) : null;

    /// <summary>For work outside a request.</summary>
    public void ActAs(int? personId, Via via) => _set = (personId, via);
}
