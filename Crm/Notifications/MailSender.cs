using Crm.Data;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Crm.Notifications;

/// <summary>Sends what waits in the <see cref="Outbox"/>, again and again until the mail server has taken it or refused it for good.</summary>
public sealed partial class MailSender(Outbox outbox, IOptions<MailSettings> settings, Jobs jobs, ILogger<MailSender> log) : BackgroundService
{
    private const string Name = "Mail";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!outbox.IsOpen)
        {
            return;
        }

        var pause = LongestPause;
        while (true)
        {
            try
            {
                await SendAllAsync(stoppingToken);
                pause = LongestPause;
                jobs.Ran(Name, pause);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pause = pause == LongestPause ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
                Failed(Words(e), pause);
                jobs.Ran(Name, pause, Words(e));
            }

            await outbox.WaitAsync(pause, stoppingToken);
        }
    }

    private async Task SendAllAsync(CancellationToken cancel)
    {
        var files = outbox.Waiting().ToList();
        if (files.Count == 0)
        {
            return;
        }

        using var server = new SmtpClient();
        await server.ConnectAsync(settings.Value.Host!, settings.Value.Port, settings.Value.Security, cancel);
        if (!string.IsNullOrEmpty(settings.Value.User))
        {
            await server.AuthenticateAsync(settings.Value.User, settings.Value.Password ?? "", cancel);
        }

        foreach (var file in files)
        {
            await SendAsync(server, file, cancel);
        }

        await server.DisconnectAsync(quit: true, cancel);
    }

    private async Task SendAsync(SmtpClient server, string file, CancellationToken cancel)
    {
        try
        {
            using var mail = await MimeMessage.LoadAsync(file, cancel);
            await server.SendAsync(mail, cancel);
            File.Delete(file);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode is >= 500 and < 600
            && (e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted))
        {
            // Trying again would not help; it must not hold up the others either.
            File.Move(file, Path.ChangeExtension(file, ".refused"), overwrite: true);
            Refused(Path.GetFileName(file), (int)e.StatusCode);
        }
    }

    /// <summary>A mail server's own words often hold the address that it was given.</summary>
    private static string Words(Exception exception) => exception switch
    {
        SmtpCommandException answer => $"The mail server answered {(int)answer.StatusCode}.",
        AuthenticationException => "The mail server does not accept Mail:User and Mail:Password.",
        _ => exception.Message,
    };

    [LoggerMessage(LogLevel.Warning, "Mail could not be sent, and is tried again in {Pause}: {Why}")]
    private partial void Failed(string why, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "The mail server refused {File} with {Status}.")]
    private partial void Refused(string file, int status);
}
