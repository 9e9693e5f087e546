using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Performance.Bare;

/// <summary>What the bare page writes, into a file of its own.</summary>
public sealed class BareNotes(DbContextOptions<BareNotes> options) : DbContext(options)
{
    /// <summary>One at a time, as SQLite has it: its driver would wait asleep.</summary>
    public static readonly SemaphoreSlim Turn = new(1, 1);

    public DbSet<BareNote> Notes => Set<BareNote>();
}

public sealed class BareNote
{
    public int Id { get; set; }

    public int TaskId { get; set; }

    public string Body { get; set; } = "";

    public DateTime At { get; set; }
}
