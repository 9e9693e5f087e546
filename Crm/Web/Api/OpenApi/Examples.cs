using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>Examples by convention: by the name of the property where it says what it holds, otherwise by its type.</summary>
internal sealed class Examples
{
    private const int Deepest = 6;

    /// <summary>By <c>Schema.property</c> or <c>operation.parameter</c>, or by the name alone; as JSON.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["Problem.type"] = "\"https://www.rfc-editor.org/rfc/rfc9110#status.422\"",
        ["Problem.title"] = "\"Invalid\"",
        ["Problem.status"] = "422",
        ["Problem.detail"] = "\"Something is missing or wrong; 'errors' says where.\"",
        ["Problem.traceId"] = "\"0HNH4QJ3V2T7K:00000005\"",
        ["Member.name"] = "\"Inès Moreau\"",
        ["Checklist.name"] = "\"Before the print\"",
        ["ChecklistInput.name"] = "\"Before the print\"",
        ["Person.name"] = "\"Inès Moreau\"",
        ["PersonName.name"] = "\"Inès Moreau\"",
        ["CreateWebhook.name"] = "\"Accounting\"",
        ["Webhook.name"] = "\"Accounting\"",
        ["WebhookPatch.name"] = "\"Accounting\"",
        ["NewToken.name"] = "\"Nightly report\"",
        ["Token.name"] = "\"Nightly report\"",
        ["MadeToken.name"] = "\"Nightly report\"",
        ["name"] = "\"Harbour guide\"",
        ["title"] = "\"Draw the map\"",
        ["text"] = "\"Ask the harbour master\"",
        ["body"] = "\"The first draft is **ready**.\"",
        ["comment"] = "\"Quick answers, and the map is a joy.\"",
        ["description"] = "\"A guide to the harbour in *three* languages.\"",
        ["email"] = "\"ines@example.com\"",
        ["password"] = "\"correct horse battery\"",
        ["code"] = "\"123456\"",
        ["stars"] = "5",
        ["average"] = "4.5",
        ["percent"] = "40",
        ["tasks"] = "10",
        ["done"] = "4",
        ["inProgress"] = "2",
        ["overdue"] = "1",
        ["count"] = "3",
        ["version"] = "3",
        ["limit"] = "50",
        ["q"] = "\"harbour\"",
        ["owner"] = "\"me\"",
        ["startsOn"] = "\"2026-06-01\"",
        ["dueOn"] = "\"2026-07-01\"",
        ["cursor"] = "\"WyJuYW1lIiwiaGFyYm91ciBndWlkZSIsMV0\"",
        ["nextCursor"] = "\"WyJuYW1lIiwiaGFyYm91ciBndWlkZSIsMV0\"",
        ["If-Match"] = "\"\\\"3-9f86d081884c7d65\\\"\"",
        ["answer"] = "\"Thanks\"",
        ["error"] = "null",
        ["BoardPerson.id"] = "\"5f1c6c1e9b1d\"",
        ["BecomePerson.id"] = "\"5f1c6c1e9b1d\"",
        ["username"] = "\"ines\"",
        ["known"] = "null",
        ["kind"] = "\"task\"",
        ["field"] = "\"dueOn\"",
        ["from"] = "\"2026-06-10\"",
        ["to"] = "\"2026-07-01\"",
        ["summary"] = "\"due date from 10 June to 1 July\"",
        ["html"] = "\"<p>The first draft is <strong>ready</strong>.</p>\"",
        ["Deleted.parent"] = "\"Harbour guide\"",
        ["deletedBy"] = "\"Inès Moreau\"",
        ["messageId"] = "\"msg_1f0c5b7ad2e84c1f9a3d6e0b7c2a4f58\"",
        ["event"] = "\"task.updated\"",
        ["lastError"] = "null",
        ["payload"] = "\"{\\\"type\\\":\\\"task.updated\\\",\\\"timestamp\\\":\\\"2026-06-01T09:00:00.000Z\\\",\\\"data\\\":{}}\"",
        ["who"] = "\"Inès Moreau\"",
        ["what"] = "\"changed the due date\"",
        ["where"] = "\"Draw the map\"",
        ["page"] = "\"/tasks/1\"",
        ["fileName"] = "\"harbour.json\"",
        ["recoveryCode"] = "\"abcde-fghij\"",
        ["token"] = "\"crm_pat_9f86d081884c7d65\"",
        ["lastFour"] = "\"7d65\"",
        ["secret"] = "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"",
        ["timeZone"] = "\"Europe/Paris\"",
        ["author"] = "\"Inès Moreau\"",
        ["assignee"] = "\"Inès Moreau\"",
        ["PresentValue.value"] = "\"2026-07-01\"",
        ["obstacle"] = "null",
        ["seen"] = "\"9f86d081884c7d65\"",
        ["why"] = "\"At risk · 3 overdue\"",
        ["device"] = "\"Firefox on Linux\"",
        ["SessionTokens.accessToken"] = "\"crm_at_9f86d081884c7d65\"",
        ["tokenType"] = "\"Bearer\"",
        ["refreshToken"] = "\"crm_rt_2c26b46b68ffc68f\"",
        ["Session.address"] = "\"203.0.113.7\"",
        ["SignIn.address"] = "\"203.0.113.7\"",
        ["lastAddress"] = "\"203.0.113.7\"",
        ["listName"] = "\"To do\"",
        ["pauseReason"] = "null",
        ["Workspace.address"] = "\"https://crm.example\"",
        ["WorkspacePatch.address"] = "\"https://crm.example\"",
        ["InvitationLink.url"] = "\"https://crm.example/join/2c26b46b68ffc68f\"",
        ["ResetLink.url"] = "\"https://crm.example/reset/2c26b46b68ffc68f\"",
        ["url"] = "\"https://example.com/hooks/crm\"",
        ["Check.name"] = "\"disk\"",
        ["Check.state"] = "\"good\"",
        ["Check.words"] = "\"52 GB are free.\"",
        ["Job.name"] = "\"Backups\"",
        ["SlowRequest.method"] = "\"GET\"",
        ["SlowRequest.route"] = "\"/projects/{id:int}\"",
        ["SlowRequest.id"] = "\"0HNQCMPGMULTB:00000018\"",
        ["SystemState.version"] = "\"0.1.0\"",
        ["runtime"] = "\".NET 10.0.14\"",
        ["archivedAt"] = "null",
        ["deletedAt"] = "null",
    };

    /// <summary>Gives every schema's properties, every body and every answer their examples.</summary>
    public void Complete(OpenApiDocument document, IEnumerable<Operation> operations)
    {
        foreach (var (id, schema) in document.Components!.Schemas!)
        {
            foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                if (property is OpenApiSchema { OneOf: null, Properties: null, Items: null } own && Of(own, id, name) is { } example)
                {
                    own.Examples = [example];
                }
            }
        }

        foreach (var operation in operations)
        {
            foreach (var (type, content) in operation.Shape.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                content.Example = Of(content.Schema!, "", "") is { } whole ? type == MergePatch<object>.ContentType || operation.Method == HttpMethod.Patch ? Some(whole) : whole : null;
            }

            foreach (var content in (operation.Shape.Responses ?? []).Values.OfType<OpenApiResponse>().SelectMany(r => r.Content?.Values ?? []))
            {
                content.Example = Of(content.Schema!, "", "");
            }
        }
    }

    /// <summary>A parameter that may be left out is not sent by whoever tries the operation in the reference, until they say so.</summary>
    public static void Give(OpenApiParameter parameter, JsonNode? example)
    {
        if (parameter.Required)
        {
            parameter.Example = example;
        }
        else if (example is not null)
        {
            parameter.Examples = new Dictionary<string, IOpenApiExample>
            {
                ["usual"] = new OpenApiExample { Value = example, Extensions = new Dictionary<string, IOpenApiExtension> { ["x-disabled"] = new JsonNodeExtension(true) } },
            };
        }
    }

    public JsonNode? Of(IOpenApiSchema schema, string? owner, string name, int depth = 0)
    {
        if (depth <= Deepest && (Known.GetValueOrDefault($"{owner}.{name}") ?? Known.GetValueOrDefault(name)) is { } known && JsonNode.Parse(known) is var value && Fits(schema, value))
        {
            return value;
        }

        if (schema is OpenApiSchemaReference { Reference.Id: { } id, Target: { } target })
        {
            return depth > Deepest ? null : Of(target, id, name, depth);
        }

        return schema switch
        {
            { OneOf.Count: > 0 } => Of(schema.OneOf.FirstOrDefault(o => o.Type != JsonSchemaType.Null) ?? schema.OneOf[0], owner, name, depth),
            { Enum.Count: > 0 } => schema.Enum[0]?.DeepClone(),
            { Default: { } usual } => usual.DeepClone(),
            { Properties: { } properties } => new JsonObject(properties.Where(_ => depth <= Deepest).Select(p => KeyValuePair.Create(p.Key, Of(p.Value, owner, p.Key, depth + 1)))),
            { Items: { } items } => new JsonArray(depth > Deepest ? [] : [Of(items, owner, name.TrimEnd('s'), depth + 1)]),
            { AdditionalProperties: { } values } => new JsonObject { ["name"] = Of(values, owner, "value", depth + 1) },
            _ => Plain(schema),
        };
    }

    /// <summary>A patch holds what is to change, not everything.</summary>
    private static JsonNode Some(JsonNode whole) =>
        whole is JsonObject all ? new JsonObject(all.Take(2).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))) : whole;

    private static bool Fits(IOpenApiSchema schema, JsonNode? value) => value switch
    {
        null => schema.Type?.HasFlag(JsonSchemaType.Null) == true || schema.OneOf?.Any(o => o.Type == JsonSchemaType.Null) == true,
        _ when schema is OpenApiSchemaReference || schema.Enum is { Count: > 0 } => false,
        _ when value.GetValueKind() == JsonValueKind.String => schema.Type?.HasFlag(JsonSchemaType.String) == true && Matches(schema, value.ToString()),
        _ => schema.Type is { } type && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number)),
    };

    /// <summary>Something usual, or one of the words that a pattern lists.</summary>
    private static IEnumerable<string> Words(string? pattern) =>
        new[] { "text", "me", "1" }.Concat((pattern ?? "").Split('^', '$', '(', ')', '|', ':', '?'));

    private static bool Matches(IOpenApiSchema schema, string text) =>
        text.Length <= (schema.MaxLength ?? int.MaxValue) && (schema.Pattern is not { } pattern || Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static JsonNode? Plain(IOpenApiSchema schema) => (schema.Type & ~JsonSchemaType.Null, schema.Format) switch
    {
        (JsonSchemaType.String, "date") => "2026-06-01",
        (JsonSchemaType.String, "date-time") => "2026-06-01T09:00:00Z",
        (JsonSchemaType.String, "uri") => "https://crm.example/",
        (JsonSchemaType.String, "uuid") => "0d6e8f0a-3c4b-4f5e-9a1d-2b7c8e9f0a1b",
        (JsonSchemaType.String, "email") => "ines@example.com",
        (JsonSchemaType.String, _) => Words(schema.Pattern).FirstOrDefault(text => Matches(schema, text)),
        (JsonSchemaType.Integer, _) => int.TryParse(schema.Minimum, out var least) ? least : 1,
        (JsonSchemaType.Number, _) => 1.5,
        (JsonSchemaType.Boolean, _) => true,
        _ => null,
    };
}
