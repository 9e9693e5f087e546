using Crm.Web;

namespace Crm.Data.Backups;

/// <summary>Snapshots by schedule.</summary>
[Settings("Backups")]
public sealed class BackupSettings
{
    /// <summary>Whether snapshots are taken by themselves.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where they go; the data folder's own room for them when not set.</summary>
    public string? Folder { get; set; }
}
