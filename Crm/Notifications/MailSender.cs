using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Crm.Notifications;

/// <summary>Sends what waits in the <see cref="Outbox"/>, again and again until the mail server has taken it or refused it for good.</summary>
public sealed partial class MailSender(Outbox outbox, IOptions<MailSettings> settings, ILogger<MailSender> log) : BackgroundService
{
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
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pause = pause == LongestPause ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
                Failed(e, pause);
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
            Refused(Path.GetFileName(file), e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mail could not be sent. It is kept and tried again in {Pause}.")]
    private partial void Failed(Exception exception, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "The mail server refused {File}: {Answer}")]
    private partial void Refused(string file, string answer);
}
