using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Crm.Web.Api;

/// <summary>
/// An answer with its <c>ETag</c>. Whoever sends the tag back in <c>If-None-Match</c> gets 304 as long as the answer is the same;
/// in <c>If-Match</c> of a change, 412 as soon as the record's version is another one.
/// </summary>
/// <param name="version">Of the record; null for lists and what is no record.</param>
public class Tagged<T>(T value, int? version = null) : IResult, IValueHttpResult<T>, IEndpointMetadataProvider
{
    public T? Value => value;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public virtual async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        var tag = new EntityTagHeaderValue(ETags.Of(version, bytes));
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "private, no-cache";
        if (ETags.IsKnown(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

/// <summary>What was made, with its address.</summary>
public sealed class Made<T>(T value, int? version, string location) : Tagged<T>(value, version), IEndpointMetadataProvider
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

/// <summary>Names of what was answered, and of the state that a change is meant for.</summary>
public static class ETags
{
    /// <summary>The record's version stands first: a change elsewhere, such as of a figure, does not get into a writer's way.</summary>
    public static string Of(int? version, ReadOnlySpan<byte> answer)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(answer).AsSpan(0, 8));
        return version is { } number ? string.Create(CultureInfo.InvariantCulture, $"\"{number}-{hash}\"") : $"\"{hash}\"";
    }

    /// <summary>Whether a change may be made to a record of this version: it is the one that the caller has seen, or they do not ask.</summary>
    /// <param name="ifMatch">The request's header; null when there is none.</param>
    public static bool Fits(string? ifMatch, int version) =>
        string.IsNullOrWhiteSpace(ifMatch)
        || (EntityTagHeaderValue.TryParseList([ifMatch], out var tags)
            && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || (!t.IsWeak && VersionOf(t.Tag.AsSpan()) == version)));

    internal static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false));

    private static int? VersionOf(ReadOnlySpan<char> tag) =>
        tag.Trim('"') is var text && text.IndexOf('-') is > 0 and var dash && int.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
