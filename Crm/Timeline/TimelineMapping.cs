using Crm.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Timeline;

public sealed class TimelineMapping : IEntityTypeConfiguration<Interaction>, IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Interaction> interaction)
    {
        interaction.Property(i => i.Body).HasMaxLength(Interaction.BodyLength);
        interaction.Property(i => i.ImportKey).HasMaxLength(100);
        interaction.Property(i => i.Version).IsConcurrencyToken();
        interaction.HasOne(i => i.Project).WithMany().HasForeignKey(i => i.ProjectId);
        interaction.HasOne(i => i.Task).WithMany().HasForeignKey(i => i.TaskId);
        interaction.HasOne(i => i.Author).WithMany().HasForeignKey(i => i.AuthorId).OnDelete(DeleteBehavior.Restrict);
        interaction.HasOne(i => i.ReplyTo).WithMany().HasForeignKey(i => i.ReplyToId).OnDelete(DeleteBehavior.SetNull);
        interaction.HasOne<Accounts.Person>().WithMany().HasForeignKey(i => i.DeletedById).OnDelete(DeleteBehavior.Restrict);
        interaction.HasIndex(i => i.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
        // Each comment is written into each index that it belongs to, and most of these it does not.
        interaction.HasIndex(i => i.DeletedById).HasFilter("\"DeletedById\" IS NOT NULL");
        interaction.HasIndex(i => i.ReplyToId).HasFilter("\"ReplyToId\" IS NOT NULL");
        interaction.HasIndex(i => i.ImportKey).IsUnique().HasFilter("\"ImportKey\" IS NOT NULL");
        // All that a thread is counted by, so that counting reads no comment.
        interaction.HasIndex(i => new { i.ProjectId, i.TaskId, i.CreatedAt, i.DeletedAt, i.Audience });
        interaction.HasIndex(i => i.CreatedAt);
        interaction.HasIndex(i => new { i.Audience, i.CreatedAt }).HasFilter("\"Audience\" = 1");
    }

    public void Configure(EntityTypeBuilder<Change> change)
    {
        change.Property(c => c.Kind).HasMaxLength(40);
        change.Property(c => c.Field).HasMaxLength(40);
        change.HasOne(c => c.Person).WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict);
        change.HasOne<Project>().WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Cascade);
        change.HasIndex(c => new { c.Kind, c.RecordId, c.Version });
        change.HasIndex(c => new { c.ProjectId, c.At });
        change.HasIndex(c => new { c.PersonId, c.At });
        change.HasIndex(c => c.At);
        change.HasIndex(c => c.At, "IX_Changes_At_Deletions").HasFilter("\"Field\" = 'DeletedAt'");
        change.Property(c => c.NewsAt).HasComputedColumnSql(
            $"CASE WHEN \"Kind\" IN ('{nameof(Project)}', '{nameof(Tasks.ProjectTask)}') AND \"Via\" <> {(int)Via.Import} AND \"Field\" NOT IN ('{string.Join("', '", Change.Quiet)}') THEN \"At\" END", stored: false);
        change.HasIndex(c => new { c.NewsAt, c.Id }).HasFilter("\"NewsAt\" IS NOT NULL");
    }
}
