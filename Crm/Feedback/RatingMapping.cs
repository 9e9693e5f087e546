using Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Feedback;

public sealed class RatingMapping : IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Rating> rating)
    {
        rating.Property(r => r.Comment).HasMaxLength(Rating.CommentLength);
        rating.Property(r => r.Version).IsConcurrencyToken();
        rating.HasOne<Project>().WithMany(p => p.Ratings).HasForeignKey(r => r.ProjectId);
        rating.HasOne(r => r.Person).WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
        rating.HasIndex(r => new { r.ProjectId, r.PersonId }).IsUnique();
        rating.HasIndex(r => r.PersonId);
        rating.HasIndex(r => r.UpdatedAt);
        rating.HasIndex(r => r.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
    }
}
