using System.Globalization;
using Crm.Accounts;
using Crm.Data;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Crm.Notifications;

/// <summary>
/// Mail that waits to be sent, one file each, so that none is lost when the program or the mail server stops.
/// <see cref="MailSender"/> takes it from here.
/// </summary>
public sealed partial class Outbox(DataFolder folder, IOptions<MailSettings> settings, TimeProvider time, ILogger<Outbox> log) : IDisposable
{
    private const string Stamp = "yyyyMMddHHmmssfff";

    private readonly SemaphoreSlim _arrivals = new(0);

    /// <summary>False when no mail server is set: then nothing is written.</summary>
    public bool IsOpen => settings.Value.IsComplete;

    /// <param name="to">Null writes the mail and throws it away: it takes as long as for somebody.</param>
    public async Task PutAsync(string? to, string subject, string text, CancellationToken cancel = default)
    {
        using var mail = new MimeMessage();
        mail.From.Add(MailboxAddress.Parse(settings.Value.From!));
        mail.To.Add(new MailboxAddress("", to ?? "nobody@invalid"));
        mail.Subject = subject;
        mail.Date = time.GetUtcNow();
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Body = new TextPart("plain") { Text = text };

        // A file that is there is whole: the sender never sees one that is being written.
        var name = Path.Combine(folder.Mail, $"{time.GetUtcNow().ToString(Stamp, CultureInfo.InvariantCulture)}-{Secret.Make()[..8]}");
        var file = name + (to is null ? ".nobody" : ".eml");
        await Disk.WriteAsync(file, content => mail.WriteToAsync(content, cancel));
        if (to is null)
        {
            File.Delete(file);
            return;
        }

        _arrivals.Release();
    }

    /// <summary>
    /// Tells of what is saved already: a disk that takes no mail must not make it look otherwise. Silent without a mail server.
    /// </summary>
    /// <param name="to">Null tells nobody.</param>
    public async Task TellAsync(string? to, string subject, string text, CancellationToken cancel = default)
    {
        if (!IsOpen || to is null)
        {
            return;
        }

        try
        {
            await PutAsync(to, subject, text, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed(e);
        }
    }

    /// <summary>Oldest first.</summary>
    internal IEnumerable<string> Waiting() => Directory.EnumerateFiles(folder.Mail, "*.eml").Order(StringComparer.Ordinal);

    /// <summary>What <see cref="Waiting"/> holds.</summary>
    public WaitingMessages Queue()
    {
        var files = Waiting().ToList();
        return new WaitingMessages(files.Count, files.Count > 0 && DateTime.TryParseExact(
            Path.GetFileName(files[0]).Split('-')[0], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null);
    }

    /// <summary>How many were refused for good.</summary>
    public int Refused() => Directory.EnumerateFiles(folder.Mail, "*.refused").Count();

    internal Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _arrivals.WaitAsync(atMost, cancel);

    public void Dispose() => _arrivals.Dispose();

    [LoggerMessage(LogLevel.Warning, "A mail that tells of something could not be written.")]
    private partial void Failed(Exception exception);
}
