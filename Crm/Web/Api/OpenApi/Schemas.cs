using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>
/// Completes the schemas of the records from their types: descriptions, limits and what must be there. What comes in holds nothing
/// unknown; what goes out always holds all of its properties, and may come to hold more.
/// </summary>
internal sealed class Schemas(OpenApiDocument document, SchemaNames names, Docstrings docs)
{
    private readonly HashSet<string> _inputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _patches = new(StringComparer.Ordinal);

    public void Complete(IReadOnlyList<Operation> operations)
    {
        foreach (var (type, content) in operations.SelectMany(o => o.Shape.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>()))
        {
            // A body that may be left out says so itself.
            content.Schema = content.Schema is OpenApiSchema { OneOf: [_, OpenApiSchemaReference whole] } ? whole : content.Schema;
            SayFiles(content.Schema);
            Follow(content.Schema, id => _inputs.Add(id));
            if (type == MergePatch<object>.ContentType && content.Schema is OpenApiSchemaReference { Reference.Id: { } patch })
            {
                _patches.Add(patch);
            }
        }

        document.Components?.Schemas?.Remove(nameof(IFormFile));
        foreach (var (id, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema is OpenApiSchema own && names.TypeOf(id) is { } type)
            {
                Complete(id, own, type);
            }
        }
    }

    /// <summary>A file stands where it is sent, and not among the records.</summary>
    private static void SayFiles(IOpenApiSchema? form)
    {
        foreach (var name in form?.Properties?.Where(p => p.Value is OpenApiSchemaReference { Reference.Id: nameof(IFormFile) }).Select(p => p.Key).ToList() ?? [])
        {
            form!.Properties![name] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The content of the file." };
        }
    }

    private void Follow(IOpenApiSchema? schema, Func<string, bool> visit)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            if (!visit(id))
            {
                return;
            }

            schema = document.Components!.Schemas![id];
        }

        foreach (var part in (schema?.Properties?.Values ?? []).Concat(schema?.OneOf ?? []).Concat(schema?.AnyOf ?? []).Append(schema?.Items).Append(schema?.AdditionalProperties).OfType<IOpenApiSchema>())
        {
            Follow(part, visit);
        }
    }

    private void Complete(string id, OpenApiSchema schema, Type type)
    {
        schema.Description = docs.Of(type) ?? schema.Description;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            // Where there may be none, the place says so.
            schema.Enum = [.. Enum.GetNames(type).Select(name => JsonValue.Create(ApiJson.Name(name)))];
            var meanings = Enum.GetNames(type).Select(name => (Name: ApiJson.Name(name), Words: docs.OfChoice(type, name))).Where(choice => choice.Words is not null);
            schema.Description = string.Join('\n', meanings.Select(choice => $"- `{choice.Name}`: {choice.Words}").Prepend(schema.Description is null ? null : schema.Description + "\n").OfType<string>()) is { Length: > 0 } words ? words : null;
            return;
        }

        if (schema.Properties is null)
        {
            return;
        }

        var isInput = _inputs.Contains(id);
        schema.AdditionalPropertiesAllowed = !isInput;
        schema.Required = new SortedSet<string>(StringComparer.Ordinal);
        var usual = isInput && !_patches.Contains(id) && type.GetConstructor([]) is not null ? Activator.CreateInstance(type) : null;
        foreach (var name in schema.Properties.Keys.ToList())
        {
            var property = type.GetProperties().First(p => NameOf(p) == name);
            schema.Properties[name] = Described(schema.Properties[name], docs.Of(property));
            if (isInput)
            {
                CompleteInput(schema, name, property, isPatch: _patches.Contains(id), usual);
            }
            else if (property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            {
                schema.Required.Add(name);
            }
        }

        // In the order of the properties
        schema.Required = schema.Required.Count == 0 ? null : schema.Properties.Keys.Where(schema.Required.Contains).ToHashSet(StringComparer.Ordinal);
    }

    private static void CompleteInput(OpenApiSchema schema, string name, PropertyInfo property, bool isPatch, object? usual)
    {
        var isRequired = SchemaLimits.IsRequired(property);
        var mayBeNull = !isRequired && !(isPatch && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum);
        var shape = schema.Properties![name];
        if (!mayBeNull)
        {
            shape = schema.Properties[name] = NotNull(shape);
        }

        if (isRequired && !isPatch)
        {
            schema.Required!.Add(name);
        }

        if (shape is OpenApiSchema own)
        {
            SchemaLimits.Apply(own, property);
            own.Format = name.EndsWith("password", StringComparison.OrdinalIgnoreCase) ? "password" : own.Format;
        }

        if (usual is not null && !isRequired && property.GetValue(usual) is { } value && JsonSerializer.SerializeToNode(value, ApiJson.Options) is { } json)
        {
            SetDefault(shape, json);
        }
    }

    private static string NameOf(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? ApiJson.Name(property.Name);

    private static void SetDefault(IOpenApiSchema schema, JsonNode value)
    {
        if (schema is OpenApiSchemaReference reference)
        {
            reference.Default = value;
        }
        else if (schema is OpenApiSchema own)
        {
            own.Default = value;
        }
    }

    private static IOpenApiSchema Described(IOpenApiSchema schema, string? words)
    {
        if (schema is OpenApiSchemaReference reference)
        {
            reference.Description = words;
        }
        else if (schema is OpenApiSchema own)
        {
            own.Description = words;
            own.OneOf?.OfType<OpenApiSchemaReference>().ToList().ForEach(r => r.Description = null);
        }

        return schema;
    }

    private static IOpenApiSchema NotNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own)
        {
            return schema;
        }

        if (own.OneOf?.OfType<OpenApiSchemaReference>().FirstOrDefault() is { } choice)
        {
            return Described(choice, own.Description);
        }

        own.Type &= ~JsonSchemaType.Null;
        return own;
    }
}
