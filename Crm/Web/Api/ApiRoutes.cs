using Crm.Accounts;
using Crm.Web.Api.OpenApi;
using Microsoft.AspNetCore.Http.Json;

namespace Crm.Web.Api;

/// <summary>Where the JSON API lies and what all of it has in common.</summary>
public static class ApiRoutes
{
    /// <summary>Nothing under it is ever answered with a page or a redirect.</summary>
    public const string Root = "/api";

    public const string Prefix = Root + "/v1";

    public static bool IsApi(this HttpRequest request) => request.Path.StartsWithSegments(Root);

    public static IServiceCollection AddCrmApi(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddOpenApi(ServedDocument.Name, ServedDocument.Configure).AddSingleton<ServedDocument>();
        return services;
    }

    /// <summary>The group that every endpoint of the API is in: its input is judged before its handler runs.</summary>
    public static RouteGroupBuilder MapCrmApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Prefix);
        api.AddEndpointFilterFactory(KnownParameters.Filter).AddEndpointFilterFactory(Inputs.Filter).AddEndpointFilter<AskAgainForCalls>();
        api.WithMetadata(new CountsAsAttribute(RequestKind.Call));
        return api;
    }
}
