using System.Reflection;

namespace Crm.Web;

/// <summary>
/// Says under which name the settings of a class are read. The reference of the configuration lists each of its properties with
/// what is said of it.
/// </summary>
/// <param name="section">Such as <c>Mail</c>, for <c>Mail:Host</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SettingsAttribute(string section) : Attribute
{
    public string Section { get; } = section;

    public static string SectionOf(Type settings) =>
        settings.GetCustomAttribute<SettingsAttribute>()?.Section ?? throw new InvalidOperationException($"{settings.Name} does not say where its settings are read. Put [Settings(\"…\")] on it.");
}

public static class SettingsRegistration
{
    public static IServiceCollection AddSettings<T>(this IServiceCollection services)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(SettingsAttribute.SectionOf(typeof(T)));
        return services;
    }
}
