using Crm.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Accounts;

public sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("People");
        person.Property(p => p.Name).HasMaxLength(Person.NameLength).UseCollation(Collations.IgnoreCase);
        person.Property(p => p.TimeZone).HasMaxLength(64);
        person.Property(p => p.ImportKey).HasMaxLength(100);
        person.HasIndex(p => p.ImportKey).IsUnique();
        person.HasIndex(p => p.Name);
    }
}
