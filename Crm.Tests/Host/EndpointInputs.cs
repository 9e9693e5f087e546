using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Host;

/// <summary>One thing that can be asked of the program, and the names of all that it reads from a request.</summary>
internal sealed record EndpointInput(string Path, string Handler, bool IsRead, IReadOnlyList<string> Fields)
{
    private static readonly Regex Parameter = new(@"\{[^}]+\}", RegexOptions.NonBacktracking);

    public bool HasRoute => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>The address with this value in all its places.</summary>
    public string With(string value) =>
        "/" + Parameter.Replace(Path, match => IsHandler(match.Value) ? Handler.ToLowerInvariant() : value).TrimStart('/')
        + (Handler.Length == 0 || IsHandler(Path) ? "" : $"?handler={Handler}");

    private static bool IsHandler(string path) => path.Contains("{handler", StringComparison.Ordinal);

    public override string ToString() => $"{(IsRead ? "GET" : "POST")} {Path} {Handler}";

}

/// <summary>Finds them in the program itself, so that none is forgotten.</summary>
internal static class EndpointInputs
{
    private static readonly Dictionary<string, string[]> InPlace = new()
    {
        ["projects"] = ["name", "description", "status", "owner", "due"],
        ["tasks"] = ["title", "description", "priority", "assignee", "due", "labels"],
        ["checklists"] = ["name"],
        ["checklist-items"] = ["text"],
    };

    public static async Task<IReadOnlyList<EndpointInput>> AllAsync(IServiceProvider services)
    {
        List<EndpointInput> all = [];
        foreach (var endpoint in await MappedEndpoints.AllAsync(services))
        {
            var path = endpoint.RoutePattern.RawText ?? "";
            if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page)
            {
                all.AddRange(FieldsOf(path).SelectMany(p => page.HandlerMethods.Select(handler => Of(p, page, handler))));
            }
            else if (!path.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { } methods && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            {
                all.Add(new EndpointInput(path, "", methods.HttpMethods.Contains("GET"), ["q", "id", "page"]));
            }
        }

        return all;
    }

    /// <summary>Each field that is edited in place has an address of its own.</summary>
    private static string[] FieldsOf(string path) =>
        path.Contains("{field}", StringComparison.Ordinal) ? [.. InPlace.GetValueOrDefault(path.Split('/')[0], ["name"]).Select(field => path.Replace("{field}", field, StringComparison.Ordinal))] : [path];

    private static EndpointInput Of(string path, CompiledPageActionDescriptor page, HandlerMethodDescriptor handler)
    {
        var isRead = handler.HttpMethod == "Get";
        var fields = handler.Parameters.SelectMany(p => Names(p.BindingInfo?.BinderModelName ?? p.Name, p.ParameterType))
            .Concat(page.BoundProperties.Where(p => !isRead || Binds(p)).SelectMany(p => Names(p.BindingInfo?.BinderModelName ?? p.Name, p.ParameterType)));
        return new EndpointInput(path, handler.Name ?? "", isRead, [.. fields.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>True when a plain request for the page is read too.</summary>
    private static bool Binds(Microsoft.AspNetCore.Mvc.Abstractions.ParameterDescriptor property) =>
        property is PageBoundPropertyDescriptor { Property: var declared }
        && (declared.GetCustomAttribute<BindPropertyAttribute>()?.SupportsGet == true || declared.GetCustomAttribute<FromQueryAttribute>() is not null);

    private static IEnumerable<string> Names(string name, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(CancellationToken) || plain == typeof(IFormFile)
            ? []
            : plain.IsPrimitive || plain.IsEnum || plain.Namespace == "System" || plain == typeof(string)
                ? [name]
                : typeof(System.Collections.IEnumerable).IsAssignableFrom(plain)
                    ? [$"{name}[0]", name]
                    : plain.GetProperties().Where(p => p.CanWrite).SelectMany(p => p.GetCustomAttribute<FromQueryAttribute>()?.Name is { } query
                        ? [query]
                        : Names(name.Length == 0 ? p.Name : $"{name}.{p.Name}", p.PropertyType));
    }
}
