using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Crm.Web.Api;

/// <summary>
/// Refuses parameters in the query that an operation does not know. A filter that is mistyped would otherwise answer with all
/// there is, and the caller would take that for the filtered list.
/// </summary>
public static class KnownParameters
{
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        var known = factory.MethodInfo.GetParameters().SelectMany(NamesOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return context =>
        {
            var odd = context.HttpContext.Request.Query.Keys.FirstOrDefault(key => !known.Contains(key));
            return odd is null
                ? next(context)
                : throw new BadInputException(odd, known.Count == 0 ? "This operation takes no parameters in the query." : $"There is no such parameter. This operation knows {string.Join(", ", known)}.");
        };
    }

    private static IEnumerable<string> NamesOf(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetProperties().Where(p => p.CanWrite && IsPlain(p.PropertyType)).Select(Inputs.NameOf)
            : IsPlain(parameter.ParameterType) && !parameter.GetCustomAttributes().OfType<IFromHeaderMetadata>().Any()
                ? [parameter.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name!]
                : [];

    private static bool IsPlain(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { } plain && plain != typeof(CancellationToken) && (plain == typeof(string) || plain.IsValueType || plain.IsArray);
}
