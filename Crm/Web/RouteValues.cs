using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Crm.Web;

/// <summary>
/// What the path of a page names is read from the path alone. The framework would let a field of the same name in the form, or in
/// the query, say something else.
/// </summary>
public sealed class RouteValues : IPageApplicationModelConvention
{
    public void Apply(PageApplicationModel model)
    {
        var path = model.ActionDescriptor.AttributeRouteInfo?.Template ?? "";
        foreach (var parameter in model.HandlerMethods.SelectMany(h => h.Parameters).Where(p => Names(path, p.BindingInfo?.BinderModelName ?? p.ParameterName)))
        {
            (parameter.BindingInfo ??= new BindingInfo()).BindingSource = BindingSource.Path;
        }

        foreach (var property in model.HandlerProperties.Where(p => p.BindingInfo is not null && Names(path, p.BindingInfo.BinderModelName ?? p.PropertyName)))
        {
            property.BindingInfo!.BindingSource = BindingSource.Path;
        }
    }

    /// <summary>Nothing is called by blanks alone. Binding would make them null, which no page expects of its own address.</summary>
    public static Task RefuseBlanksAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.RouteValues.Values.Any(v => v is string { Length: > 0 } text && string.IsNullOrWhiteSpace(text)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool Names(string path, string name) =>
        path.Contains($"{{{name}}}", StringComparison.OrdinalIgnoreCase) || path.Contains($"{{{name}:", StringComparison.OrdinalIgnoreCase);
}
