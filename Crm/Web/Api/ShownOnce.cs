using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Crm.Web.Api;

/// <summary>An answer that holds a secret: no cache keeps it, and neither does the program.</summary>
public class ShownOnce<T>(T value) : IResult, IValueHttpResult<T>, IEndpointMetadataProvider
{
    public T? Value => value;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public virtual Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers.Pragma = "no-cache";
        return httpContext.Response.WriteAsJsonAsync(value, httpContext.RequestAborted);
    }
}

/// <summary>What was made, with a secret that is shown this once, and its address.</summary>
public sealed class MadeOnce<T>(T value, string location) : ShownOnce<T>(value), IEndpointMetadataProvider
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));

    public override Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = location;
        return base.ExecuteAsync(httpContext);
    }
}
