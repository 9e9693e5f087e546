using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Imports;

public sealed class ImportJobMapping : IEntityTypeConfiguration<ImportJob>
{
    public void Configure(EntityTypeBuilder<ImportJob> job)
    {
        job.ToTable("Imports");
        job.Property(j => j.FileName).HasMaxLength(ImportJob.FileNameLength);
        job.Property(j => j.StoredAs).HasMaxLength(32);
        job.HasOne(j => j.StartedBy).WithMany().HasForeignKey(j => j.StartedById).OnDelete(DeleteBehavior.Restrict);
        job.HasIndex(j => j.State);
    }
}
