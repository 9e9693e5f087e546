using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Web.Api;

/// <summary>Which stretch of a list is asked for.</summary>
public sealed record PageQuery
{
    public const int MostItems = 100;

    private const int UsualItems = 50;

    /// <summary>How many items at most, from 1 to 100.</summary>
    [FromQuery(Name = "limit")]
    [Display(Name = "limit")]
    [Range(1, MostItems)]
    [DefaultValue(UsualItems)]
    public int? Limit { get; init; }

    /// <summary>Where to go on: the <c>nextCursor</c> of the answer before. Means something only with the same sort.</summary>
    [FromQuery(Name = "cursor")]
    [Display(Name = "cursor")]
    [MaxLength(2000)]
    public string? Cursor { get; init; }

    public int Size => Limit ?? UsualItems;
}

/// <summary>A stretch of a list.</summary>
/// <param name="Items">In the order that was asked for.</param>
/// <param name="NextCursor">Asks for the next stretch; null when this is the last one.</param>
public sealed record Slice<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>A stretch of a list as an answer: the address of the next one also stands in the header <c>Link</c>.</summary>
public sealed class Listed<T>(Slice<T> slice) : Tagged<Slice<T>>(slice), IEndpointMetadataProvider
{
    public static new void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Tagged<Slice<T>>.PopulateMetadata(method, builder);

    public override Task ExecuteAsync(HttpContext httpContext)
    {
        if (Value!.NextCursor is { } next)
        {
            var query = new QueryBuilder(httpContext.Request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value ?? ""))) { { "cursor", next } };
            httpContext.Response.Headers.Link = $"<{httpContext.Request.PathBase}{httpContext.Request.Path}{query}>; rel=\"next\"";
        }

        return base.ExecuteAsync(httpContext);
    }
}
