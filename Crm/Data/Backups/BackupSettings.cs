namespace Crm.Data.Backups;

/// <summary>From the settings <c>Backups:Enabled</c> and <c>Backups:Folder</c>.</summary>
public sealed class BackupSettings
{
    /// <summary>Whether snapshots are taken by themselves.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where they go; the data folder's own room for them when not set.</summary>
    public string? Folder { get; set; }
}
