using Microsoft.AspNetCore.Builder;

namespace Crm.Tests.Host;

/// <summary>Settings of a mail server that never answers, so that mail stays where it can be read.</summary>
internal static class MailHost
{
    public static void Unreachable(WebApplicationBuilder builder)
    {
        builder.Configuration["Mail:Host"] = "127.0.0.1";
        builder.Configuration["Mail:Port"] = "1";
        builder.Configuration["Mail:From"] = "Northlight <crm@example.com>";
        builder.Configuration["PublicUrl"] = "https://crm.example/";
    }

    /// <summary>What waits to be sent.</summary>
    public static IReadOnlyList<MimeKit.MimeMessage> Mail(this CrmHost host) =>
        [.. Directory.GetFiles(host.Folder.Mail, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeKit.MimeMessage.Load(file))];
}
