using Crm.Data.Backups;

namespace Crm.Admin;

/// <summary>Why a snapshot was taken, as people read it.</summary>
public static class BackupWords
{
    public static string Of(SnapshotKind kind) => kind switch
    {
        SnapshotKind.Manual => "Asked for",
        SnapshotKind.BeforeMigration => "Before a new version",
        SnapshotKind.BeforeRestore => "Before a restore",
        SnapshotKind.Uploaded => "Uploaded",
        _ => $"{kind}",
    };
}
