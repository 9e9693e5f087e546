using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Accounts;

public sealed class SignInEventMapping : IEntityTypeConfiguration<SignInEvent>
{
    public void Configure(EntityTypeBuilder<SignInEvent> entry)
    {
        entry.ToTable("SignIns");
        entry.Property(e => e.Address).HasMaxLength(SignInEvent.AddressLength);
        entry.Property(e => e.Device).HasMaxLength(SignInEvent.DeviceLength);
        entry.Property(e => e.DeviceHash).HasMaxLength(64);
        entry.HasOne(e => e.Person).WithMany().HasForeignKey(e => e.PersonId).OnDelete(DeleteBehavior.Cascade);
        entry.HasIndex(e => new { e.PersonId, e.At });
        entry.HasIndex(e => new { e.Address, e.At });
        entry.HasIndex(e => e.At);
    }
}
