using Crm.Accounts;
using Crm.Accounts.Tokens;
using Crm.Admin;
using Crm.Feedback;
using Crm.Imports;
using Crm.Projects;
using Crm.Tasks;
using Crm.Timeline;
using Crm.Web;
using Crm.Webhooks;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Data;

/// <summary>
/// The one database. Every change of a tracked entity is written down as a <see cref="Change"/> in the same transaction, and put
/// into the outbox of the webhooks that are told of it.
/// </summary>
public sealed class CrmDb : IdentityUserContext<Person, int>
{
    private Actor _actor = null!;
    private TimeProvider _time = null!;
    private WriteQueue _writers = null!;
    private Subscriptions _subscriptions = null!;
    private KeptConnection? _connection;
    private bool _hasNews;
    private bool _hasNewTerms;

    /// <summary>Contexts are used again: see <see cref="UsedBy"/>.</summary>
    public CrmDb(DbContextOptions<CrmDb> options)
        : base(options) =>
        // A write that fails is taken back as a whole.
        Database.AutoSavepointsEnabled = false;

    public DbSet<Person> People => Users;

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<PersonalToken> PersonalTokens => Set<PersonalToken>();

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

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>Text as it is compared in a search: lower case and without accents. Runs in the database.</summary>
    public static string Fold(string text) => Folding.Fold(text);

    /// <summary>Before anything else, whenever a context is handed out: it knows nothing of whom it served last.</summary>
    internal CrmDb UsedBy(IServiceProvider scope)
    {
        (_actor, _time) = (scope.GetRequiredService<Actor>(), scope.GetRequiredService<TimeProvider>());
        (_writers, _subscriptions) = (scope.GetRequiredService<WriteQueue>(), scope.GetRequiredService<Subscriptions>());
        (_hasNews, _hasNewTerms) = (false, false);
        if (_connection is null)
        {
            _connection = scope.GetRequiredService<KeptConnections>().Make();
            Database.SetDbConnection(_connection, contextOwnsConnection: true);
        }

        return this;
    }

    /// <summary>Has the database look how much there is of what: by that it plans how to read.</summary>
    public async Task PlanAnewAsync(CancellationToken cancel)
    {
        await Database.ExecuteSqlAsync($"PRAGMA optimize = 0x10002", cancel);
        _connection!.PlanAnew();
    }

    /// <summary>The same for all tables, whether or not they seem to have changed: after indexes have.</summary>
    public Task AnalyzeAsync(CancellationToken cancel) => Database.ExecuteSqlAsync($"ANALYZE", cancel);

    /// <summary>
    /// Takes the database's one write lock at once, so that what is read afterwards still holds when it is changed.
    /// </summary>
    /// <exception cref="AlreadyDoneException">The present request was carried out before.</exception>
    public async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancel = default)
    {
        var mark = _actor.Once is { } once ? await once.Mark : null;
        var write = await _writers.BeginAsync(Database, cancel);
        try
        {
            await (mark is null ? Task.CompletedTask : _actor.Once!.SignAsync(this, mark, _time.GetUtcNow().UtcDateTime, cancel));
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
        var (recorder, events) = Record();
        using var write = (recorder.HasNew || events.HasAny) && Database.CurrentTransaction is null ? Database.BeginTransaction() : null;
        try
        {
            var saved = base.SaveChanges(acceptAllChangesOnSuccess: true);
            if (recorder.HasNew || events.HasAny)
            {
                RecordNew(recorder, events);
                base.SaveChanges(acceptAllChangesOnSuccess: true);
            }

            write?.Commit();
            CommittedUnlessOpen();
            return saved;
        }
        catch
        {
            recorder.TakeBack();
            events.TakeBack();
            throw;
        }
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var (recorder, events) = Record();
        var hasMore = recorder.HasNew || events.HasAny;
        await using var write = hasMore && Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        try
        {
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancellationToken);
            if (hasMore)
            {
                // Only now has it an id; the transaction holds both together.
                RecordNew(recorder, events);
                await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancellationToken);
            }

            await (write?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
            CommittedUnlessOpen();
            return saved;
        }
        catch
        {
            recorder.TakeBack();
            events.TakeBack();
            throw;
        }
    }

    /// <summary>What was saved holds: whoever waits for it is told.</summary>
    internal void Committed()
    {
        if (_hasNewTerms)
        {
            _subscriptions.Forget();
        }
        else if (_hasNews)
        {
            _subscriptions.Wake();
        }

        (_hasNews, _hasNewTerms) = (false, false);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTime>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CrmDb).Assembly);
        builder.HasDbFunction(() => Fold(default!)).HasName(Folding.Function);
    }

    private (ChangeRecorder Recorder, EventRecorder Events) Record()
    {
        ChangeTracker.DetectChanges();
        var now = _time.GetUtcNow().UtcDateTime;
        var recorder = new ChangeRecorder(this, _actor, now);
        recorder.RecordChanged();
        var events = new EventRecorder(this, _actor, _subscriptions, now);
        events.Collect(recorder.Changed);
        _hasNewTerms |= recorder.Changed.Any(e => e.Entity is Webhook or Workspace);
        _hasNews |= events.HasAny || recorder.Changed.Any(e => e.Entity is WebhookDelivery);
        return (recorder, events);
    }

    private static void RecordNew(ChangeRecorder recorder, EventRecorder events)
    {
        recorder.RecordNew();
        if (events.HasAny)
        {
            events.Write();
        }
    }

    /// <summary>A transaction of the caller's says it itself when it ends; see <see cref="AfterCommit"/>.</summary>
    private void CommittedUnlessOpen()
    {
        if (Database.CurrentTransaction is null)
        {
            Committed();
        }
    }
}
