using Crm.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Projects;

public sealed class ProjectMapping : IEntityTypeConfiguration<Project>, IEntityTypeConfiguration<ProjectMember>
{
    public void Configure(EntityTypeBuilder<Project> project)
    {
        project.Property(p => p.Name).HasMaxLength(Project.NameLength);
        project.Property(p => p.Description).HasMaxLength(Project.DescriptionLength);
        project.Property(p => p.ImportKey).HasMaxLength(100);
        project.Property(p => p.Version).IsConcurrencyToken();
        project.HasOne(p => p.Owner).WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Restrict);
        project.HasOne<Person>().WithMany().HasForeignKey(p => p.CreatedById).OnDelete(DeleteBehavior.Restrict);
        project.HasIndex(p => p.ImportKey).IsUnique();
        project.HasIndex(p => new { p.ArchivedAt, p.SortName });
        // With all by which the start page chooses.
        project.HasIndex(p => new { p.ArchivedAt, p.DueOn, p.Status, p.DeletedAt, p.Visibility });
        project.HasIndex(p => new { p.OwnerId, p.ArchivedAt });
        project.HasIndex(p => p.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ProjectMember> member)
    {
        member.ToTable("ProjectMembers");
        member.HasKey(m => new { m.ProjectId, m.PersonId });
        member.HasOne<Project>().WithMany(p => p.Members).HasForeignKey(m => m.ProjectId);
        member.HasOne(m => m.Person).WithMany().HasForeignKey(m => m.PersonId);
        member.HasIndex(m => m.PersonId);
    }
}
