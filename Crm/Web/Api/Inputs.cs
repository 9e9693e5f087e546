using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Crm.Web.Api;

/// <summary>Judges what was sent by the attributes of the records that take it, the same that the pages' forms are judged by.</summary>
public static class Inputs
{
    /// <summary>Answers 422 before the handler runs, naming every property that is wrong.</summary>
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        var judged = factory.MethodInfo.GetParameters().Select((p, i) => (p.ParameterType, Index: i)).Where(p => IsInput(p.ParameterType)).Select(p => p.Index).ToArray();
        return judged.Length == 0 ? next : context =>
        {
            var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
            foreach (var input in judged.Select(i => context.Arguments[i]).OfType<object>())
            {
                Judge(input, errors);
            }

            return errors.Count == 0 ? next(context) : ValueTask.FromResult<object?>(Refusal.Invalid(errors));
        };
    }

    /// <param name="only">The properties that were sent; null for all.</param>
    public static void Judge(object input, IDictionary<string, string[]> errors, IReadOnlySet<string>? only = null)
    {
        foreach (var property in input.GetType().GetProperties().Where(p => only?.Contains(p.Name) != false))
        {
            var label = property.GetCustomAttribute<DisplayAttribute>()?.Name ?? property.Name;
            List<ValidationResult> results = [];
            var value = property.GetValue(input);
            Validator.TryValidateValue(value!, new ValidationContext(input) { MemberName = property.Name, DisplayName = label }, results, property.GetCustomAttributes<ValidationAttribute>());
            var words = results.Select(r => r.ErrorMessage ?? "Invalid.").Concat(value is Enum choice && !Enum.IsDefined(choice.GetType(), choice) ? [$"Choose one of {ApiJson.Choices(choice.GetType())}."] : []).ToArray();
            if (words.Length > 0)
            {
                errors[NameOf(property)] = words;
            }
        }
    }

    /// <summary>The name of a property as the caller wrote it.</summary>
    internal static string NameOf(PropertyInfo property) =>
        property.GetCustomAttributes().OfType<Microsoft.AspNetCore.Http.Metadata.IFromQueryMetadata>().FirstOrDefault()?.Name ?? ApiJson.Name(property.Name);

    private static bool IsInput(Type type) =>
        type.IsClass && type.Assembly == typeof(Inputs).Assembly && type.GetProperties().Any(p => p.CanWrite && (p.IsDefined(typeof(ValidationAttribute)) || (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType).IsEnum));
}
