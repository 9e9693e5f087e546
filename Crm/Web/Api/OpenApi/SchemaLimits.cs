using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Crm.Accounts;
using Microsoft.OpenApi;

namespace Crm.Web.Api.OpenApi;

/// <summary>What the attributes of an input demand, as a schema says it.</summary>
internal static class SchemaLimits
{
    /// <summary>Something that can be seen.</summary>
    private const string NotBlank = @"\S";

    private const int LongestZone = 64;

    public static bool IsRequired(ICustomAttributeProvider source) =>
        source.IsDefined(typeof(RequiredAttribute), true) || source.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute), true)
        || source.GetCustomAttributes(typeof(TextRule), true).Any(rule => ((TextRule)rule).Required);

    public static void Apply(OpenApiSchema schema, ICustomAttributeProvider source)
    {
        foreach (var attribute in source.GetCustomAttributes(true))
        {
            Apply(schema, attribute);
        }
    }

    private static void Apply(OpenApiSchema schema, object attribute)
    {
        switch (attribute)
        {
            case TextRule rule:
                schema.MaxLength = rule.Max;
                (schema.MinLength, schema.Pattern) = rule.Required ? (1, schema.Pattern ?? NotBlank) : (schema.MinLength, schema.Pattern);
                break;
            case EmailAttribute:
                schema.Format = "email";
                break;
            case TimeZoneNameAttribute:
                schema.MaxLength = LongestZone;
                break;
            case RegularExpressionAttribute expression:
                schema.Pattern = $"^(?:{expression.Pattern})$";
                break;
            case StringLengthAttribute length:
                (schema.MinLength, schema.MaxLength) = (length.MinimumLength == 0 ? null : length.MinimumLength, length.MaximumLength);
                break;
            case MaxLengthAttribute max:
                (schema.MaxLength, schema.MaxItems) = (schema.Items is null ? max.Length : null, schema.Items is null ? null : max.Length);
                break;
            case MinLengthAttribute min:
                (schema.MinLength, schema.MinItems) = (schema.Items is null ? min.Length : null, schema.Items is null ? null : min.Length);
                break;
            case RangeAttribute range:
                (schema.Minimum, schema.Maximum) = (Number(range.Minimum), Number(range.Maximum));
                break;
            case DefaultValueAttribute { Value: { } value }:
                schema.Default = JsonValue.Create(value);
                break;
        }
    }

    private static string? Number(object limit) => Convert.ToString(limit, CultureInfo.InvariantCulture);
}
