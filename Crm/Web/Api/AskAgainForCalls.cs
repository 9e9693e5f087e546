using Crm.Accounts;

namespace Crm.Web.Api;

/// <summary>What a page would ask for a proof for, a call does only shortly after signing in: a token kept for months is not enough.</summary>
public sealed class AskAgainForCalls : IEndpointFilter
{
    public static readonly Refusal NotFresh = new(
        StatusCodes.Status403Forbidden, "This needs a proof of who you are from within the last ten minutes. Sign in anew with POST /api/v1/auth/login and use that access token.");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var asks = http.GetEndpoint()?.Metadata.GetMetadata<AskAgainAttribute>() is not null;
        return !asks || http.RequestServices.GetRequiredService<Confirmation>().IsFresh
            ? next(context)
            : ValueTask.FromResult<object?>(NotFresh);
    }
}
