using System.Globalization;
using System.Text.RegularExpressions;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounts.Matrix;

/// <summary>One thing that can be asked of the program: a handler of a page, or an endpoint mapped otherwise.</summary>
/// <param name="Right">What it says that it needs, or null.</param>
/// <param name="Common">What its page as a whole needs.</param>
internal sealed partial record GuardedEndpoint(RoutePattern Pattern, string Method, string? Handler, Right? Right, Right? Common)
{
    /// <summary>Serves in development what has come into <c>wwwroot</c> since the build.</summary>
    private const string StaticFiles = "{**path:file}";

    public string Name => $"{Method} /{Pattern.RawText?.Trim('/')}{(Handler is null ? "" : $" ({Handler})")}";

    public bool IsApi => Pattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true;

    /// <summary>Such as <c>projects</c>, for pages and for the API alike.</summary>
    public string Root => Pattern.PathSegments.Skip(IsApi ? 2 : 0).FirstOrDefault()?.Parts[0] is RoutePatternLiteralPart literal ? literal.Content : "";

    public bool TakesId => Pattern.Parameters.Any(p => p.Name == "id");

    public static async Task<IReadOnlyList<GuardedEndpoint>> AllAsync(CrmHost host)
    {
        List<GuardedEndpoint> all = [];
        foreach (var endpoint in await MappedEndpoints.AllAsync(host.Services))
        {
            if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page)
            {
                all.AddRange(Handlers(endpoint, page));
            }
            else if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && endpoint.RoutePattern.RawText != StaticFiles)
            {
                var right = endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Right;
                all.AddRange((endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                    .Select(method => new GuardedEndpoint(endpoint.RoutePattern, method, null, right, right)));
            }
        }

        return [.. all.DistinctBy(e => e.Name)];
    }

    /// <param name="values">For the parameters other than <c>id</c>.</param>
    /// <returns>The address, or null with the parameter that has no value.</returns>
    public (string? Address, string? Missing) Address(int id, IReadOnlyDictionary<string, string> values)
    {
        List<string> path = [];
        foreach (var part in Pattern.PathSegments.Select(s => s.Parts[0]))
        {
            switch (part)
            {
                case RoutePatternLiteralPart literal:
                    path.Add(literal.Content);
                    break;
                case RoutePatternParameterPart { Name: "id" }:
                    path.Add(id.ToString(CultureInfo.InvariantCulture));
                    break;
                case RoutePatternParameterPart { Name: "handler" } handler:
                    path.AddRange(HandlerIn(handler));
                    break;
                case RoutePatternParameterPart parameter when values.TryGetValue(parameter.Name, out var value):
                    path.Add(value);
                    break;
                case RoutePatternParameterPart { IsOptional: false } parameter:
                    return (null, parameter.Name);
            }
        }

        var isInPath = Handler is null || Pattern.Parameters.Any(p => p.Name == "handler");
        return ($"/{string.Join('/', path)}{(isInPath ? "" : $"?handler={Handler}")}", null);
    }

    /// <summary>What has no name answers to any of the names that the address allows.</summary>
    private IEnumerable<string> HandlerIn(RoutePatternParameterPart parameter) => (Handler, parameter.IsOptional) switch
    {
        ({ } name, _) => [name.ToLowerInvariant()],
        (_, true) => [],
        _ => [FirstName().Match(parameter.ParameterPolicies[0].Content!).Groups["name"].Value],
    };

    [GeneratedRegex(@"\^\((?<name>\w+)", RegexOptions.None, 1000)]
    private static partial Regex FirstName();

    private static IEnumerable<GuardedEndpoint> Handlers(RouteEndpoint endpoint, CompiledPageActionDescriptor page) =>
        page.HandlerMethods.Select(h => new GuardedEndpoint(
            endpoint.RoutePattern,
            h.HttpMethod.ToUpperInvariant(),
            h.Name,
            NeedsAttribute.Of(page.HandlerTypeInfo, h.MethodInfo),
            (Attribute.GetCustomAttribute(page.HandlerTypeInfo, typeof(NeedsAttribute)) as NeedsAttribute)?.Right));
}
