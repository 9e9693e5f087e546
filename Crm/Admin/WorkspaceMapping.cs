using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Admin;

public sealed class WorkspaceMapping : IEntityTypeConfiguration<Workspace>
{
    public void Configure(EntityTypeBuilder<Workspace> workspace)
    {
        workspace.ToTable("Workspace");
        workspace.Property(w => w.Id).ValueGeneratedNever();
        workspace.Property(w => w.Name).HasMaxLength(Workspace.NameLength);
        workspace.Property(w => w.TimeZone).HasMaxLength(64);
        workspace.Property(w => w.Version).IsConcurrencyToken();
        workspace.Property(w => w.Address).HasMaxLength(Workspace.AddressLength);
    }
}
