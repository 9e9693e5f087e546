using System.Net;
using System.Net.Sockets;
using Crm.Notifications;
using Crm.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Notifications;

public sealed class MailSenderTests
{
    [Theory]
    [InlineData("250 fine", 0)]
    [InlineData("550 nobody of that name", 1)]
    public async Task Mail_that_waited_is_sent_and_gone_or_set_aside_when_refused(string answer, int refused)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = ServeAsync(listener, answer);
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            MailHost.Unreachable(builder);
            builder.Configuration["Mail:Port"] = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        });

        await host.Services.GetRequiredService<Outbox>().PutAsync("tom@example.com", "Hello", "A few words.", TestContext.Current.CancellationToken);
        var received = await server;

        Assert.Equal(refused == 0, received.Contains("A few words.", StringComparison.Ordinal));
        Assert.Empty(host.Mail());
        Assert.Equal(refused, Directory.GetFiles(host.Folder.Mail, "*.refused").Length);
        Assert.Empty(Directory.GetFiles(host.Folder.Mail, "*.part"));
    }

    /// <summary>As much of a mail server as one mail needs. Ends when the sender says goodbye, which it does after its files are in order.</summary>
    private static async Task<string> ServeAsync(TcpListener listener, string answerToRecipient)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 ready");
        var text = "";
        while (await reader.ReadLineAsync() is { } line && !line.StartsWith("QUIT", StringComparison.Ordinal))
        {
            text += line + "\n";
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync() is { } data && data != ".")
                {
                    text += data + "\n";
                }

                await writer.WriteLineAsync("250 taken");
            }
            else
            {
                await writer.WriteLineAsync(line.StartsWith("RCPT", StringComparison.Ordinal) ? answerToRecipient : "250 fine");
            }
        }

        await writer.WriteLineAsync("221 bye");
        return text;
    }
}
