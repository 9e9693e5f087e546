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

    private static bool Names(string path, string name) =>
        path.Contains($"{{{name}}}", StringComparison.OrdinalIgnoreCase) || path.Contains($"{{{name}:", StringComparison.OrdinalIgnoreCase);
}
