using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;

namespace Crm.Web.Api;

/// <summary>
/// Maps operations of the API in place of the framework's own methods of these names. Those compile the code that binds each
/// operation's parameters when the program starts, and again for its first request: over a second for all of them. Here each is
/// compiled when it is called first.
/// </summary>
public static class LateOperations
{
    public static RouteHandlerBuilder MapGet(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, HttpMethods.Get, handler);

    public static RouteHandlerBuilder MapPost(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, HttpMethods.Post, handler);

    public static RouteHandlerBuilder MapPut(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, HttpMethods.Put, handler);

    public static RouteHandlerBuilder MapPatch(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, HttpMethods.Patch, handler);

    public static RouteHandlerBuilder MapDelete(this RouteGroupBuilder group, [StringSyntax("Route")] string pattern, Delegate handler) => Map(group, pattern, HttpMethods.Delete, handler);

    private static RouteHandlerBuilder Map(RouteGroupBuilder group, string pattern, string method, Delegate handler) =>
        RouteHandlerServices.Map(group, pattern, handler, [method], RequestDelegateFactory.InferMetadata, CompileLate);

    private static RequestDelegateResult CompileLate(Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? metadata)
    {
        var compiled = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, metadata).RequestDelegate);
        return new RequestDelegateResult(context => compiled.Value(context), metadata?.EndpointMetadata ?? []);
    }
}
