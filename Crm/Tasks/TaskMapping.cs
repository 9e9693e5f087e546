using Crm.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Tasks;

public sealed class TaskMapping :
    IEntityTypeConfiguration<ProjectTask>,
    IEntityTypeConfiguration<TaskMember>,
    IEntityTypeConfiguration<Checklist>,
    IEntityTypeConfiguration<ChecklistItem>
{
    // What lists of work ask for; the program writes the same words into its queries.
    private const string IsOpen = "\"Status\" <> 3 AND \"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL";

    private const string IsListed = "\"ArchivedAt\" IS NULL AND \"DeletedAt\" IS NULL";

    private const string IsThere = "\"DeletedAt\" IS NULL";

    public void Configure(EntityTypeBuilder<ProjectTask> task)
    {
        task.ToTable("Tasks");
        task.Property(t => t.Title).HasMaxLength(ProjectTask.TitleLength);
        task.Property(t => t.Description).HasMaxLength(ProjectTask.DescriptionLength);
        task.Property(t => t.ListName).HasMaxLength(Checklist.NameLength);
        task.Property(t => t.ImportKey).HasMaxLength(100);
        task.Property(t => t.Version).IsConcurrencyToken();
        task.HasOne(t => t.Project).WithMany(p => p.Tasks).HasForeignKey(t => t.ProjectId);
        task.HasOne(t => t.Assignee).WithMany().HasForeignKey(t => t.AssigneeId).OnDelete(DeleteBehavior.Restrict);
        task.HasOne<Person>().WithMany().HasForeignKey(t => t.CreatedById).OnDelete(DeleteBehavior.Restrict);
        task.HasIndex(t => t.ImportKey).IsUnique();
        task.HasIndex(t => new { t.ProjectId, t.Status, t.Position }).HasFilter(IsListed);
        task.Property(t => t.DueOrder).HasComputedColumnSql("COALESCE(\"DueOn\", '9999-12-31')", stored: true);
        task.HasIndex(t => new { t.AssigneeId, t.DueOrder, t.Id }).HasFilter(IsOpen);
        task.HasIndex(t => new { t.DueOrder, t.Id }).HasFilter(IsOpen);
        // The status last: what is done, and is not asked for, is passed over without reading the task.
        task.HasIndex(t => new { t.DueOrder, t.Id, t.Status }).HasFilter(IsThere);
        task.HasIndex(t => new { t.Status, t.DueOrder, t.Id }).HasFilter(IsThere);
        task.HasIndex(t => new { t.Status, t.Id }).HasFilter(IsThere);
        task.HasIndex(t => new { t.Priority, t.DueOrder, t.Id }).IsDescending(true, false, false).HasFilter(IsOpen);
        task.HasIndex(t => new { t.Priority, t.DueOrder, t.Id, t.Status }).IsDescending(true, false, false, false).HasFilter(IsThere);
        task.HasIndex(t => new { t.AssigneeId, t.Status, t.DueOn });
        // Holds all that a project's progress is counted from.
        task.HasIndex(t => new { t.ProjectId, t.Status, t.DueOn, t.ArchivedAt, t.DeletedAt });
        task.HasIndex(t => t.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<TaskMember> member)
    {
        member.ToTable("TaskMembers");
        member.HasKey(m => new { m.TaskId, m.PersonId });
        member.HasOne<ProjectTask>().WithMany(t => t.Members).HasForeignKey(m => m.TaskId);
        member.HasOne(m => m.Person).WithMany().HasForeignKey(m => m.PersonId);
        member.HasIndex(m => m.PersonId);
    }

    public void Configure(EntityTypeBuilder<Checklist> checklist)
    {
        checklist.ToTable("Checklists");
        checklist.Property(c => c.Name).HasMaxLength(Checklist.NameLength);
        checklist.Property(c => c.ImportKey).HasMaxLength(100);
        checklist.Property(c => c.Version).IsConcurrencyToken();
        checklist.HasOne(c => c.Task).WithMany(t => t.Checklists).HasForeignKey(c => c.TaskId);
        checklist.HasIndex(c => c.ImportKey).IsUnique();
        checklist.HasIndex(c => c.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ChecklistItem> item)
    {
        item.ToTable("ChecklistItems");
        item.Property(i => i.Text).HasMaxLength(ChecklistItem.TextLength);
        item.Property(i => i.ImportKey).HasMaxLength(100);
        item.Property(i => i.Version).IsConcurrencyToken();
        item.HasOne(i => i.Checklist).WithMany(c => c.Items).HasForeignKey(i => i.ChecklistId);
        item.HasIndex(i => i.ImportKey).IsUnique();
        item.HasIndex(i => i.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
    }
}
