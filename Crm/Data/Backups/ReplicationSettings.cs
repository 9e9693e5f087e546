using Crm.Web;

namespace Crm.Data.Backups;

/// <summary>
/// Continuous replication with Litestream, which the program starts and ends. Its credentials stand in the environment as
/// Litestream reads them (`LITESTREAM_ACCESS_KEY_ID`, `LITESTREAM_SECRET_ACCESS_KEY`).
/// </summary>
[Settings("Litestream")]
public sealed class ReplicationSettings
{
    /// <summary>Where the database is replicated to, such as `s3://bucket/crm`. Without one, it is not.</summary>
    public string? Replica { get; set; }

    /// <summary>Litestream's program, where it is not found by its name. The container has it.</summary>
    public string Program { get; set; } = "litestream";
}
