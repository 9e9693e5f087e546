using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Performance.Bare;

public sealed class BareDb(DbContextOptions<BareDb> options) : DbContext(options)
{
    public DbSet<BareTask> Tasks => Set<BareTask>();
}

public sealed class BareTask
{
    public int Id { get; set; }

    public string Title { get; set; } = "";

    public int Status { get; set; }

    public string? DueOn { get; set; }
}
