using Crm.Accounts;
using Crm.Admin;
using Crm.Feedback;
using Crm.Imports;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Data;

/// <summary>
/// The one database. Every change of a tracked entity is written down as a <see cref="Change"/> in the same transaction.
/// </summary>
public sealed class CrmDb(DbContextOptions<CrmDb> options, Actor actor, TimeProvider time, WriteQueue writers) : IdentityUserContext<Person, int>(options)
{
    public DbSet<Person> People => Users;

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SignInEvent> SignIns => Set<SignInEvent>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectMember> ProjectMembers => Set<ProjectMember>();

    public DbSet<ProjectTask> Tasks => Set<ProjectTask>();

    public DbSet<TaskMember> TaskMembers => Set<TaskMember>();

    public DbSet<Checklist> Checklists => Set<Checklist>();

    public DbSet<ChecklistItem> ChecklistItems => Set<ChecklistItem>();

    public DbSet<Interaction> Interactions => Set<Interaction>();

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<Rating> Ratings => Set<Rating>();

    public DbSet<ImportJob> Imports => Set<ImportJob>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>Text as it is compared in a search: lower case and without accents. Runs in the database.</summary>
    public static string Fold(string text) => Folding.Fold(text);

    /// <summary>
    /// Takes the database's one write lock at once, so that what is read afterwards still holds when it is changed.
    /// </summary>
    /// <exception cref="AlreadyDoneException">The present request was carried out before.</exception>
    public async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancel = default)
    {
        var mark = actor.Once is { } once ? await once.Mark : null;
        var write = await writers.BeginAsync(Database, cancel);
        try
        {
            await (mark is null ? Task.CompletedTask : actor.Once!.SignAsync(this, mark, time.GetUtcNow().UtcDateTime, cancel));
            return write;
        }
        catch
        {
            await write.DisposeAsync();
            throw;
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        var recorder = Record();
        using var write = recorder.HasNew && Database.CurrentTransaction is null ? Database.BeginTransaction() : null;
        try
        {
            var saved = base.SaveChanges(acceptAllChangesOnSuccess: true);
            if (recorder.HasNew)
            {
                recorder.RecordNew();
                base.SaveChanges(acceptAllChangesOnSuccess: true);
            }

            write?.Commit();
            return saved;
        }
        catch
        {
            recorder.TakeBack();
            throw;
        }
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var recorder = Record();
        await using var write = recorder.HasNew && Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        try
        {
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancellationToken);
            if (recorder.HasNew)
            {
                // Only now has it an id; the transaction holds both together.
                recorder.RecordNew();
                await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancellationToken);
            }

            await (write?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
            return saved;
        }
        catch
        {
            recorder.TakeBack();
            throw;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTime>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CrmDb).Assembly);
        builder.HasDbFunction(() => Fold(default!)).HasName(Folding.Function);
    }

    private ChangeRecorder Record()
    {
        ChangeTracker.DetectChanges();
        var recorder = new ChangeRecorder(this, actor, time.GetUtcNow().UtcDateTime);
        recorder.RecordChanged();
        return recorder;
    }
}
