using Crm.Web.Caching;
using Microsoft.Extensions.Options;

namespace Crm.Data.Backups;

/// <summary>How the backups stand: what admins and whoever watches over the program want to know.</summary>
public sealed class BackupState(Snapshots snapshots, IOptions<BackupSettings> settings, TimeProvider time) : IShown
{
    private static readonly TimeSpan TooOld = TimeSpan.FromDays(1);
    private readonly DateTime _since = time.GetUtcNow().UtcDateTime;

    /// <summary>Why the last try failed; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>When the newest verified one was taken. What was brought here from elsewhere does not count.</summary>
    public DateTime? LastAt => snapshots.All().FirstOrDefault(s => s.Kind != SnapshotKind.Uploaded)?.At;

    /// <summary>True when somebody should look after them.</summary>
    public bool NeedsCare => Failure is not null || (settings.Value.Enabled && (time.GetUtcNow().UtcDateTime - (LastAt ?? _since)).Duration() > TooOld);

    public string Present => $"{Failure}\n{string.Join('\n', snapshots.All())}";

    public void Succeeded() => Failure = null;

    public void Failed(string why) => Failure = why;
}
