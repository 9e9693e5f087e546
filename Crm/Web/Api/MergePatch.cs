using System.Reflection;
using System.Text.Json;
using Crm.Timeline;
using Microsoft.AspNetCore.Http.Metadata;

namespace Crm.Web.Api;

/// <summary>
/// A JSON merge patch (RFC 7396) of a record: the properties that were sent are changed, null empties them, and all others stay
/// as they are. Each is checked and written by the <see cref="Field{T}"/> that the pages edit in place too.
/// </summary>
/// <typeparam name="TPatch">Names what may be sent, by the names of the entity's properties; all of them nullable.</typeparam>
public sealed class MergePatch<TPatch> : IBindableFromHttpContext<MergePatch<TPatch>>, IEndpointParameterMetadataProvider
    where TPatch : class
{
    public const string ContentType = "application/merge-patch+json";

    private MergePatch(TPatch values, IReadOnlySet<string> sent) => (Values, Sent) = (values, sent);

    public TPatch Values { get; }

    /// <summary>Names of the properties that were sent.</summary>
    public IReadOnlySet<string> Sent { get; }

    /// <summary>What a new record is made with: every property that has a value.</summary>
    public static MergePatch<TPatch> Of(TPatch values) =>
        new(values, typeof(TPatch).GetProperties().Where(p => p.GetValue(values) is not null).Select(p => p.Name).ToHashSet(StringComparer.Ordinal));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([ContentType, "application/json"], typeof(TPatch)));

    public static async ValueTask<MergePatch<TPatch>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = ApiJson.Options.MaxDepth, AllowDuplicateProperties = false }, context.RequestAborted);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new BadInputException("body", "Send a JSON object with the properties to change.");
            }

            var names = document.RootElement.EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var values = document.RootElement.Deserialize<TPatch>(ApiJson.Options)!;
            return new MergePatch<TPatch>(values, typeof(TPatch).GetProperties().Select(p => p.Name).Where(n => names.Contains(ApiJson.Name(n))).ToHashSet(StringComparer.Ordinal));
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The body is no JSON that fits.", StatusCodes.Status400BadRequest, exception);
        }
    }

    public bool Has(string property) => Sent.Contains(property);

    /// <summary>What is wrong with what was sent, by the attributes of its properties alone; null for nothing.</summary>
    public Refusal? Mistakes()
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Inputs.Judge(Values, errors, Sent);
        return errors.Count == 0 ? null : Refusal.Invalid(errors);
    }

    /// <summary>Changes the record, if everything that was sent can be. What depends on another property is tried once more after it.</summary>
    /// <returns>Null, or what is wrong: the record may then hold a part of the changes and must not be saved.</returns>
    public async Task<Refusal?> ApplyAsync<T>(T record, IReadOnlyList<Field<T>> fields, Call call)
        where T : class, ITracked
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Inputs.Judge(Values, errors, Sent);
        var open = fields.Where(f => Sent.Contains(f.Property) && !errors.ContainsKey(ApiJson.Name(f.Property))).ToList();
        for (var round = 0; round < 2 && open.Count > 0; round++)
        {
            foreach (var field in open.ToList())
            {
                if (await WriteAsync(field, record, call) is { } words)
                {
                    errors[ApiJson.Name(field.Property)] = [words];
                    continue;
                }

                errors.Remove(ApiJson.Name(field.Property));
                open.Remove(field);
            }
        }

        return errors.Count == 0 ? null : Refusal.Invalid(errors);
    }

    private async Task<string?> WriteAsync<T>(Field<T> field, T record, Call call)
        where T : class, ITracked
    {
        var value = typeof(TPatch).GetProperty(field.Property)!.GetValue(Values);
        var text = value is null ? "" : field.Text(value);
        var typed = field.Kind == FieldKind.Markdown ? Typed.Prose(text) : Typed.Line(text);
        var options = field.Options is null ? [] : await field.Options(call.Db, record, call.Cancel);
        return field.Mistake(typed, options) ?? field.Write(record, typed, call.Clock);
    }
}
