using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>What the document calls the records: a <c>ProjectResource</c> is a Project, a stretch of a list of them a ProjectPage.</summary>
public sealed class SchemaNames
{
    private const string Resource = "Resource";

    private readonly ConcurrentDictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>Null for what stands where it is used.</summary>
    public string? Of(JsonTypeInfo json)
    {
        var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(json) is null || IsOf(type, typeof(Choice<>)) || type == typeof(IFormFile))
        {
            return null;
        }

        var name = Of(type);
        return _types.GetOrAdd(name, type) == type
            ? name
            : throw new InvalidOperationException($"{type} and {_types[name]} are both called {name} in the description of the API. Give one of them another name.");
    }

    public Type? TypeOf(string name) => _types.GetValueOrDefault(name);

    internal static string Of(Type type) =>
        type.IsGenericType
            ? string.Concat(type.GetGenericArguments().Select(Of)) + (IsOf(type, typeof(Slice<>)) ? "Page" : type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)])
            : type.Name.EndsWith(Resource, StringComparison.Ordinal) ? type.Name[..^Resource.Length] : type.Name;

    private static bool IsOf(Type type, Type generic) => type.IsGenericType && type.GetGenericTypeDefinition() == generic;
}
