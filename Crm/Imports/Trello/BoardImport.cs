using Crm.Accounts;
using Crm.Admin;
using Crm.Data;
using Crm.Projects;
using Crm.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Imports.Trello;

/// <summary>
/// Brings a board in: as a project, its people, and its cards a hundred at a time, so that nobody else waits long to write.
/// It may be stopped anywhere and run again; what is here already is recognised by its import key, what was deleted here
/// stays deleted, and what was edited here stays as it was edited.
/// </summary>
public sealed class BoardImport(CrmDb db, Actor actor, PeopleImport people, TimeProvider time)
{
    private const int CardsAtOnce = 100;

    private static readonly Func<int, ImportReport, Task> Nobody = (_, _) => Task.CompletedTask;

    /// <param name="importerId">Owns the project; null for the first Admin, or where nobody is here yet, the board's own.</param>
    /// <param name="choices">Whom people of the board become: ids here by ids there, <see cref="PeopleImport.SomebodyNew"/> for new ones.</param>
    /// <param name="start">How many cards were done before, and what was reported of them, if the run goes on after a stop.</param>
    /// <param name="reached">Told within each transaction how many cards are done and what was made.</param>
    public async Task<ImportReport> RunAsync(
        Board board,
        int? importerId,
        IReadOnlyDictionary<string, int> choices,
        (int Done, ImportReport Report)? start = null,
        Func<int, ImportReport, Task>? reached = null,
        CancellationToken cancel = default)
    {
        actor.ActAs(importerId, Via.Import);
        var report = start?.Report ?? new ImportReport(null, new ImportCounts(), board.Notes);
        var done = start?.Done ?? 0;
        (var target, report) = await BeginAsync(board, importerId, choices, report, r => (reached ?? Nobody)(done, r), cancel);
        if (target is null)
        {
            return report;
        }

        foreach (var cards in board.Cards.Skip(done).Chunk(CardsAtOnce))
        {
            done += cards.Length;
            report = await BatchAsync(cards, target, report, r => (reached ?? Nobody)(done, r), cancel);
        }

        return report;
    }

    private async Task<(CardTarget? Target, ImportReport Report)> BeginAsync(
        Board board, int? importerId, IReadOnlyDictionary<string, int> choices, ImportReport report, Func<ImportReport, Task> reached, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var write = await db.BeginWriteAsync(cancel);
        var project = await db.Projects.IgnoreQueryFilters().Include(p => p.Members).FirstOrDefaultAsync(p => p.ImportKey == board.Key, cancel);
        if (project?.DeletedAt is not null)
        {
            return (null, With(report, $"The project “{project.Name}”, which this board became, was deleted here. Nothing was brought in."));
        }

        var (ids, met) = await people.BringAsync(board.People, choices, now, cancel);
        var isNew = project is null;
        project ??= db.Projects.Add(Project.Create(board.Name, await OwnerAsync(board, importerId, ids, now, cancel), now, board.Key)).Entity;
        var former = (await db.People.Where(p => p.DeletedAt != null).Select(p => p.Id).ToListAsync(cancel)).ToHashSet();
        await new ProjectImport(db).ApplyAsync(board, project, ids, former, now, cancel);
        var updated = Updated();
        await db.SaveChangesAsync(cancel);
        report = With(report, new ImportCounts(Projects: isNew ? 1 : 0, People: met, Updated: updated)) with { ProjectId = project.Id };
        await reached(report);
        await write.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        var workspace = await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(cancel) ?? Workspace.SetUp("", "UTC", now);
        return (new CardTarget(project.Id, project.OwnerId, ids, former, workspace, now), report);
    }

    private async Task<ImportReport> BatchAsync(Card[] cards, CardTarget target, ImportReport report, Func<ImportReport, Task> reached, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var batch = new CardImport(db, target);
        await batch.ApplyAsync(cards, cancel);
        var counts = batch.Counts with { Updated = Updated() };
        await db.SaveChangesAsync(cancel);
        await batch.AddCommentsAsync(cards, cancel);
        counts = counts with { Comments = batch.Counts.Comments, Updated = counts.Updated + Updated() };
        await db.SaveChangesAsync(cancel);
        report = With(report, counts);
        report = batch.Notes.Aggregate(report, With);
        await reached(report);
        await write.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return report;
    }

    private int Updated()
    {
        db.ChangeTracker.DetectChanges();
        return db.ChangeTracker.Entries<ITracked>().Count(e => e.State == EntityState.Modified);
    }

    /// <summary>The importer; otherwise an Admin; in a workspace without people the board's own admin, or anybody on it.</summary>
    private async Task<int> OwnerAsync(Board board, int? importerId, Dictionary<string, int> ids, DateTime now, CancellationToken cancel)
    {
        if (importerId is { } importer)
        {
            return importer;
        }

        var admin = await db.People.Where(p => p.Role == Role.Admin && p.DisabledAt == null).OrderBy(p => p.Id).Select(p => (int?)p.Id).FirstOrDefaultAsync(cancel);
        if ((admin ?? board.People.OrderByDescending(p => p.IsAdmin).Select(p => (int?)ids[p.Id]).FirstOrDefault()) is { } owner)
        {
            return owner;
        }

        var somebody = await db.People.FirstOrDefaultAsync(p => p.ImportKey == Keys.Of(BoardPeople.Unknown), cancel)
            ?? db.People.Add(Person.Imported("Somebody on Trello", Keys.Of(BoardPeople.Unknown), now)).Entity;
        await db.SaveChangesAsync(cancel);
        return somebody.Id;
    }

    private static ImportReport With(ImportReport report, ImportCounts counts) => report with { Counts = report.Counts + counts };

    private static ImportReport With(ImportReport report, string note) =>
        report.Skipped.Contains(note, StringComparer.Ordinal) ? report : report with { Skipped = [.. report.Skipped, note] };
}
