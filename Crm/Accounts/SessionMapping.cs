using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Accounts;

public sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.Property(s => s.KeyHash).HasMaxLength(64);
        session.Property(s => s.Device).HasMaxLength(200);
        session.Property(s => s.Address).HasMaxLength(SignInEvent.AddressLength);
        session.Property(s => s.AccessHash).HasMaxLength(64);
        session.Property(s => s.FamilyHash).HasMaxLength(64);
        session.Property(s => s.FormerKeyHash).HasMaxLength(64);
        session.HasIndex(s => s.KeyHash).IsUnique();
        session.HasIndex(s => s.AccessHash).IsUnique();
        session.HasIndex(s => s.FamilyHash).IsUnique();
        session.HasOne(s => s.Person).WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
