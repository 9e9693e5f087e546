using System.Reflection;
using Crm.Accounts;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>What the docstrings and attributes of a handler say about its operation: words, parameters, who may.</summary>
internal sealed class OperationWords(OpenApiDocument document, Docstrings docs, Examples examples)
{
    public void Complete(Operation operation)
    {
        var shape = operation.Shape;
        shape.Summary = docs.Summary(operation.Handler)?.TrimEnd('.');
        shape.Description = docs.Remarks(operation.Handler) is { } remarks ? $"{remarks}\n\nWho may: {(operation.Right is { } right ? PermissionTable.InWords(right) : "nobody")}." : null;
        shape.Security = operation.IsOpen ? [] : [Scheme(DocumentFrame.Bearer), Scheme(DocumentFrame.Session)];
        foreach (var parameter in shape.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            Complete(operation, parameter);
        }

        if (shape.RequestBody is OpenApiRequestBody body)
        {
            body.Description = body.Content?.Values.Select(c => c.Schema).OfType<OpenApiSchemaReference>().FirstOrDefault()?.Target?.Description ?? "A file, as a form sends it.";
        }
    }

    private void Complete(Operation operation, OpenApiParameter parameter)
    {
        var source = operation.SourceOf(parameter.Name!);
        parameter.Description = (source switch
        {
            PropertyInfo property => docs.Of(property),
            ParameterInfo own => docs.Of(own),
            _ => null,
        }) ?? (parameter.In == ParameterLocation.Path ? $"The {RecordOf(operation.Path, parameter.Name!)}." : null);

        // A choice is one of the words of its enumeration.
        if (parameter.Schema?.Properties?.TryGetValue("value", out var choice) == true)
        {
            parameter.Schema = choice;
        }

        if (parameter.Schema is OpenApiSchema schema)
        {
            if (source is not null)
            {
                SchemaLimits.Apply(schema, source);
            }

            if (parameter.In == ParameterLocation.Path && schema.Type == JsonSchemaType.Integer)
            {
                (schema.Minimum, schema.Maximum) = ("1", "2147483647");
            }
        }

        Examples.Give(parameter, examples.Of(parameter.Schema!, operation.Shape.OperationId, parameter.Name!));
    }

    /// <summary>What an id in an address is of: <c>/projects/{id}</c> says the project's id.</summary>
    private static string RecordOf(string path, string parameter)
    {
        if (parameter != "id")
        {
            return string.Concat(parameter.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
        }

        var before = path[..path.IndexOf("{id}", StringComparison.Ordinal)].TrimEnd('/');
        var noun = before[(before.LastIndexOf('/') + 1)..].Replace('-', ' ');
        return (noun == "people" ? "person" : noun.TrimEnd('s')) + "'s id";
    }

    private OpenApiSecurityRequirement Scheme(string name) => new() { [new OpenApiSecuritySchemeReference(name, document)] = [] };
}
