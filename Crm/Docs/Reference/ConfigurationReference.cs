using System.Globalization;
using System.Reflection;
using System.Text;
using Crm.Accounts.SingleSignOn;
using Crm.Data.Backups;
using Crm.Notifications;
using Crm.Web;
using Crm.Web.Caching;
using Crm.Web.Requests;
using Crm.Webhooks;

namespace Crm.Docs.Reference;

/// <summary>One setting as the reference tells it.</summary>
/// <param name="Environment">How the environment calls it, where not by its key with <c>__</c>.</param>
internal sealed record Setting(string Key, string Kind, string Default, string Meaning, string? Environment = null)
{
    public string Variable => Environment ?? Key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>Every setting: those of the classes that are marked with <see cref="SettingsAttribute"/>, and the few that are read by themselves.</summary>
internal static class ConfigurationReference
{
    private const string Head = """
        # Configuration

        Written by `Crm docs` from the code. None of these settings is needed. Each can be given in several ways; the later ones count
        for more:

        - in an `appsettings.json` beside the program: `{ "Backups": { "Folder": "/mnt/backups" } }`
        - in an `appsettings.json` in the data folder, where a new version of the program leaves it alone
        - in the environment, with two underscores for each colon: `Backups__Folder=/mnt/backups`
        - on the command line: `Crm serve --Backups:Folder=/mnt/backups`

        The tables give the name in the environment below the name. Secrets belong there: a command line can be read by everybody on
        the machine. A list takes several values with commas between them. What the people of a workspace decide for themselves (its
        name, its time zone, who may register, whether a second factor is required) is not here but on its page *Settings*.

        All are looked at when the program starts, and it starts only when all can be: what is unknown or says something that cannot be
        comes back as a sentence each, on the standard error, with exit code 1. The groups `Logging` and `Kestrel` are the framework's, which
        takes names that it does not know. A changed file counts from the next start on.

        """;

    /// <summary>Read by this program or by what it is built on, one by one.</summary>
    private static readonly (string Title, Setting[] Settings)[] ByThemselves =
    [
        ("The program",
        [
            new("data", "folder", "`./data`", "Holds everything: database, snapshots, keys, outgoing mail. On the command line `--data DIR`, with every command.", "CRM_DATA"),
            new("urls", "addresses", "`http://localhost:5000`", "Where it listens; with semicolons between them. With an `https` address, HTTP leads to it.", "ASPNETCORE_URLS"),
            new("PublicUrl", "address", "what the settings page says", "What links in mails begin with. At first that is where the workspace was set up."),
            new("AllowNetworkFolder", "`true`, `false`", "`false`", "Serve a data folder that lies on a network file system, which is refused otherwise: SQLite's locks do not hold there."),
            new("AllowedHosts", "list", "all", "Host names that are answered, such as `crm.example`; all others are refused. With semicolons between them."),
        ]),
        ("HTTPS without a proxy",
        [
            new("HTTP_PORTS", "list", "none", "Ports for HTTP, at all addresses of the machine, instead of naming them in `urls`.", "ASPNETCORE_HTTP_PORTS"),
            new("HTTPS_PORTS", "list", "none", "Ports for HTTPS, instead of naming them in `urls`.", "ASPNETCORE_HTTPS_PORTS"),
            new("Kestrel:Certificates:Default:Path", "file", "none", "The certificate, as `.pfx` or `.pem`."),
            new("Kestrel:Certificates:Default:KeyPath", "file", "none", "Its key, where the certificate is a `.pem`."),
            new("Kestrel:Certificates:Default:Password", "text", "none", "What opens the `.pfx` or the key."),
            new("Kestrel:Endpoints:NAME:Url", "address", "none", "Places to listen at one by one, as ASP.NET Core's documentation has it, instead of `urls`."),
        ]),
        ("A proxy in front",
        [
            new("Proxy:Addresses", "list", "none", "Proxies that are believed when they say who asks and how (`X-Forwarded-…`), such as `127.0.0.1`. Without any, such headers mean nothing."),
            new("Proxy:Networks", "list", "none", "The same by network, such as `10.0.0.0/8`."),
            new("Proxy:Hops", "number", "`1`", "How many proxies a request comes through, one after the other."),
            new("Proxy:ClientHeader", "text", "`X-Forwarded-For`", "The header in which the proxy says who asks, such as `Fly-Client-IP`."),
        ]),
        ("Log",
        [
            new("Logging:LogLevel:Default", "`Trace` … `None`", "`Information`", "From which weight on something is written to the standard output."),
            new("Logging:LogLevel:Crm.Requests", "`Trace` … `None`", "`Warning`", "The same for lines about requests: `Information` writes one for each, otherwise only for what is slow, fails or is refused."),
            new("Logging:Console:FormatterName", "`simple`, `json`, `systemd`", "`simple`", "How it is written: for people, or as one JSON object a line."),
        ]),
        ("OpenTelemetry",
        [
            new("OTEL_EXPORTER_OTLP_ENDPOINT", "address", "none", "Where traces, metrics and logs go by OTLP, such as `http://127.0.0.1:4317`. Without one nothing of the kind is loaded."),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", "`grpc`, `http/protobuf`", "`grpc`", "How they go there. The usual ports are 4317 for the one and 4318 for the other."),
            new("OTEL_EXPORTER_OTLP_HEADERS", "list", "none", "What is sent along, such as `authorization=Bearer …`."),
            new("OTEL_SERVICE_NAME", "text", "`crm`", "What the program is called there."),
        ]),
    ];

    /// <summary>
    /// All that are marked with <see cref="SettingsAttribute"/>, by their sections. Named here, because to look for them among all
    /// types would take a twentieth of the time to start.
    /// </summary>
    public static IReadOnlyList<Type> Classes { get; } =
    [
        typeof(BackupSettings), typeof(CacheSettings), typeof(HealthSettings), typeof(Limits), typeof(ReplicationSettings), typeof(MailSettings), typeof(OidcSettings),
        typeof(RequestSettings), typeof(WebhookSettings),
    ];

    public static IEnumerable<Setting> All => ByThemselves.SelectMany(group => group.Settings).Concat(Classes.SelectMany(c => Of(c, new Docstrings())));

    /// <summary>What can be set, by its name in files. The data folder is named before a file is read.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [.. ByThemselves.SelectMany(group => group.Settings).Select(s => s.Key).Where(key => key != "data"), .. Classes.SelectMany(type => Settable(type).Select(p => $"{SettingsAttribute.SectionOf(type)}:{p.Name}"))];

    public static string ToMarkdown()
    {
        var text = new StringBuilder(Head);
        var words = new Docstrings();
        foreach (var (title, settings) in ByThemselves)
        {
            Table(text, title, "", settings);
        }

        foreach (var type in Classes)
        {
            Table(text, SettingsAttribute.SectionOf(type), words.Of(type), Of(type, words));
        }

        return text.ToString();
    }

    /// <summary>Those that hold settings.</summary>
    private static IEnumerable<Setting> Of(Type type, Docstrings words)
    {
        var standard = Activator.CreateInstance(type)!;
        return Settable(type).Select(p => new Setting($"{SettingsAttribute.SectionOf(type)}:{p.Name}", Kind(p.PropertyType), Standard(p.GetValue(standard)), words.Of(p)));
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod?.IsPublic == true);

    private static string Kind(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Kind(inner)
        : type == typeof(bool) ? "`true`, `false`"
        : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"))
        : type == typeof(string) ? "text"
        : type == typeof(TimeSpan) ? "time as `h:mm:ss`"
        : type.IsPrimitive ? "number"
        : "list";

    private static string Standard(object? value) => value switch
    {
        null or "" => "none",
        bool isSo => isSo ? "`true`" : "`false`",
        int number => $"`{number.ToString(CultureInfo.InvariantCulture)}`",
        string or Enum or TimeSpan => $"`{value}`",
        System.Collections.IEnumerable list => string.Join(", ", list.Cast<object>().Select(Standard)) is { Length: > 0 } all ? all : "none",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static void Table(StringBuilder text, string title, string words, IEnumerable<Setting> settings)
    {
        text.Append("\n## ").Append(title).Append("\n\n");
        if (words.Length > 0)
        {
            text.Append(words).Append("\n\n");
        }

        text.Append("| setting | values | default | meaning |\n|---|---|---|---|\n");
        foreach (var setting in settings)
        {
            text.Append("| `").Append(setting.Key).Append(setting.Variable == setting.Key ? "" : $"`<br>`{setting.Variable}").Append("` | ").Append(setting.Kind).Append(" | ")
                .Append(setting.Default).Append(" | ").Append(GeneratedPages.Cell(setting.Meaning)).Append(" |\n");
        }
    }
}
