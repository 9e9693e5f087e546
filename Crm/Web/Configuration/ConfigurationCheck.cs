using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Crm.Data;
using Crm.Docs.Reference;

namespace Crm.Web.Configuration;

/// <summary>Looks at all settings before anything is started with them. Each sentence names one that cannot be.</summary>
internal static class ConfigurationCheck
{
    /// <summary>What people would look for in vain: settings of ours by other names.</summary>
    private static readonly string[] OurGroups = ["Proxy"];

    private static readonly string[] Formatters = ["simple", "json", "systemd"];

    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    /// <param name="others">What was found before.</param>
    /// <exception cref="SettingException">There are any.</exception>
    public static void Require(IConfigurationRoot configuration, IReadOnlyList<string> others)
    {
        List<string> all = [.. others, .. Problems(configuration)];
        if (all.Count > 0)
        {
            throw new SettingException(all);
        }
    }

    public static IEnumerable<string> Problems(IConfigurationRoot configuration) =>
    [
        .. UnknownRoots(configuration),
        .. OurGroups.SelectMany(group => UnknownIn(configuration.GetSection(group))),
        .. ConfigurationReference.Classes.SelectMany(type => Of(type, configuration.GetSection(SettingsAttribute.SectionOf(type)))),
        .. Proxy.Problems(configuration),
        .. Each(configuration, "urls", IsAddressToListenAt, "is no address to listen at. Write it as http://127.0.0.1:8080"),
        .. Each(configuration, "AllowedHosts", IsHostName, "is no host name. Write it as crm.example"),
        .. Each(configuration, "HTTP_PORTS", IsPort, "is no port"),
        .. Each(configuration, "HTTPS_PORTS", IsPort, "is no port"),
        .. One(configuration, "PublicUrl", IsWebAddress, "is no address. Write it as https://crm.example"),
        .. One(configuration, NetworkFolder.Allow, value => bool.TryParse(value, out _), "is neither true nor false"),
        .. configuration.AsEnumerable().Where(s => s.Key.StartsWith("Logging:LogLevel:", StringComparison.OrdinalIgnoreCase)).SelectMany(level => One(configuration, level.Key, value => IsNamed<LogLevel>(value), $"is none of {string.Join(", ", Enum.GetNames<LogLevel>())}")),
        .. One(configuration, "Logging:Console:FormatterName", value => Formatters.Contains(value, StringComparer.OrdinalIgnoreCase), $"is none of {string.Join(", ", Formatters)}"),
        .. One(configuration, "OTEL_EXPORTER_OTLP_ENDPOINT", IsWebAddress, "is no address. Write it as http://127.0.0.1:4317"),
        .. One(configuration, "OTEL_EXPORTER_OTLP_PROTOCOL", value => Protocols.Contains(value, StringComparer.Ordinal), $"is none of {string.Join(", ", Protocols)}"),
    ];

    /// <summary>In files alone: the environment is full of what is not for this program, and the command line was looked at before.</summary>
    private static IEnumerable<string> UnknownRoots(IConfigurationRoot configuration) =>
        configuration.Providers.OfType<FileConfigurationProvider>()
            .SelectMany(file => file.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase).Where(key => !KnownSettings.HasRoot(key))
                .Select(key => $"{file.Source.Path}: {key} is no setting.{KnownSettings.Guess(key)}"));

    private static IEnumerable<string> UnknownIn(IConfigurationSection group) =>
        group.GetChildren().Where(child => !ConfigurationReference.Keys.Contains(child.Path, StringComparer.OrdinalIgnoreCase)).Select(child => $"{child.Path} is no setting.{KnownSettings.Guess(child.Path)}");

    private static List<string> Of(Type type, IConfigurationSection section)
    {
        var problems = UnknownIn(section).ToList();
        foreach (var property in type.GetProperties().Where(p => p.SetMethod?.IsPublic == true))
        {
            if (section[property.Name] is { } value && !IsReadable(property.PropertyType, value))
            {
                problems.Add($"{section.Key}:{property.Name}: '{value}' {Mistake(property.PropertyType)}.");
            }
        }

        return problems.Count > 0 ? problems : [.. Wrong(section.Get(type) ?? Activator.CreateInstance(type)!, section)];
    }

    private static IEnumerable<string> Wrong(object settings, IConfigurationSection section)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        return from result in results
               let key = $"{section.Key}:{result.MemberNames.First()}"
               select $"{key} {result.ErrorMessage}{(section[result.MemberNames.First()] is { Length: > 0 } value ? $", and is '{value}'" : "")}.";
    }

    private static bool IsReadable(Type type, string value)
    {
        try
        {
            return type == typeof(string)
                || (TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value) is var read && (!type.IsEnum || Enum.IsDefined(type, read!)));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Mistake(Type type) => type == typeof(bool) ? "is neither true nor false"
        : type.IsEnum ? $"is none of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(TimeSpan) ? "is no time such as 0:30:00"
        : "is no whole number";

    private static IEnumerable<string> Each(IConfiguration configuration, string key, Func<string, bool> isGood, string mistake) =>
        (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(value => !isGood(value)).Select(value => $"{key}: '{value}' {mistake}.");

    private static IEnumerable<string> One(IConfiguration configuration, string key, Func<string, bool> isGood, string mistake) =>
        configuration[key] is { Length: > 0 } value && !isGood(value) ? [$"{key}: '{value}' {mistake}."] : [];

    private static bool IsPort(string value) => ushort.TryParse(value, out _);

    private static bool IsNamed<T>(string value)
        where T : struct, Enum => Enum.TryParse<T>(value, ignoreCase: true, out var read) && Enum.IsDefined(read) && !char.IsAsciiDigit(value[0]);

    private static bool IsWebAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.Host.Length > 0;

    /// <summary>A star stands for every name, also at the beginning of one.</summary>
    private static bool IsHostName(string value) => value == "*" || Uri.CheckHostName(value.StartsWith("*.", StringComparison.Ordinal) ? value[2..] : value) != UriHostNameType.Unknown;

    /// <summary>A star or a plus stands for every name.</summary>
    private static bool IsAddressToListenAt(string value) =>
        IsWebAddress(value.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal));
}
