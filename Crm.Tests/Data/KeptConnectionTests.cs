using System.Data.Common;
using System.Runtime.CompilerServices;
using Crm.Data;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data;

public sealed class KeptConnectionTests
{
    [Fact]
    public async Task A_question_that_is_asked_again_is_not_planned_again_until_the_statistics_are_new()
    {
        var asked = new Asked();
        await using var host = await CrmHost.StartAsync(configure: asked.Attach);
        var ines = await host.AddPersonAsync("Inès Moreau");
        var tom = await host.AddPersonAsync("Tom Baker");

        var names = await host.ReadAsync(async db =>
        {
            var before = new[] { await NameAsync(db, ines.Id), await NameAsync(db, tom.Id) };
            await db.PlanAnewAsync(TestContext.Current.CancellationToken);
            return before.Append(await NameAsync(db, ines.Id)).ToList();
        });

        Assert.Equal(["Inès Moreau", "Tom Baker", "Inès Moreau"], names);
        var commands = asked.With("@id").ToList();
        Assert.Same(commands[0], commands[1]);
        Assert.NotSame(commands[1], commands[2]);
    }

    [Fact]
    public async Task The_same_question_within_its_own_answer_is_answered_too()
    {
        await using var host = await CrmHost.StartAsync();
        foreach (var name in new[] { "Ada", "Ben", "Cem" })
        {
            await host.AddPersonAsync(name);
        }

        var names = await host.ReadAsync(async db =>
        {
            List<string> found = [];
            await foreach (var outer in People(db).AsAsyncEnumerable())
            {
                found.Add($"{outer}: {string.Join(' ', await People(db).ToListAsync())}");
            }

            return found;
        });

        Assert.Equal(["Ada: Ada Ben Cem", "Ben: Ada Ben Cem", "Cem: Ada Ben Cem"], names);
    }

    [Fact]
    public async Task A_question_that_failed_can_be_asked_again()
    {
        await using var host = await CrmHost.StartAsync();

        var kept = await host.ReadAsync(async db =>
        {
            await KeepAsync(db, "one");
            await Assert.ThrowsAsync<SqliteException>(() => KeepAsync(db, "one"));
            await KeepAsync(db, "two");
            return await db.Receipts.Select(r => r.Hash).Order().ToListAsync();
        });

        Assert.Equal(["one", "two"], kept);
    }

    [Fact]
    public async Task More_questions_than_are_kept_are_all_answered()
    {
        await using var host = await CrmHost.StartAsync();

        var answers = await host.ReadAsync(async db =>
        {
            List<int> found = [];
            foreach (var number in Enumerable.Range(0, 100).Concat(Enumerable.Range(0, 100)))
            {
                found.Add(await db.Database.SqlQuery<int>(FormattableStringFactory.Create($"SELECT {number} AS Value")).SingleAsync());
            }

            return found;
        });

        Assert.Equal(Enumerable.Range(0, 100).Concat(Enumerable.Range(0, 100)), answers);
    }

    [Fact]
    public async Task What_one_leaves_half_done_the_next_does_not_see()
    {
        await using var host = await CrmHost.StartAsync();
        var ines = await host.AddPersonAsync("Inès Moreau");
        await host.ReadAsync(async db =>
        {
            var open = await db.Database.BeginTransactionAsync();
            await db.People.Where(p => p.Id == ines.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, "Nobody"));
            return await People(db).AsAsyncEnumerable().GetAsyncEnumerator().MoveNextAsync() && open.SupportsSavepoints;
        });

        await host.SaveAsync(db => db.People.Single(p => p.Id == ines.Id).Rename("Inès Martin"));

        Assert.Equal("Inès Martin", await host.ReadAsync(db => NameAsync(db, ines.Id)));
        var change = Assert.Single(await host.ReadAsync(db => db.Changes.Where(c => c.Field == "Name").ToListAsync()));
        Assert.Equal(("Inès Moreau", "Inès Martin"), (change.From, change.To));
    }

    [Fact]
    public async Task Whoever_ends_leaves_one_file()
    {
        var folder = new DataFolder(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));
        folder.Create();
        await using (var services = CommandServices.For(folder))
        {
            await services.MigrateAsync(TestContext.Current.CancellationToken);
            await using var one = services.CreateAsyncScope();
            await using var two = services.CreateAsyncScope();
            Assert.Empty(await one.ServiceProvider.GetRequiredService<CrmDb>().People.ToListAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await two.ServiceProvider.GetRequiredService<CrmDb>().People.ToListAsync(TestContext.Current.CancellationToken));
        }

        var files = Directory.GetFiles(folder.Root, "crm.db*").Select(Path.GetFileName).ToList();
        Directory.Delete(folder.Root, recursive: true);
        Assert.Equal(["crm.db"], files);
    }

    [Fact]
    public async Task A_program_that_served_leaves_one_file()
    {
        var folder = new DataFolder(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));
        await using (var app = Program.Build(folder, ["--urls", "http://127.0.0.1:0", "--Backups:Enabled=false"]))
        {
            using var held = FolderLock.Take(folder, "");
            await app.MigrateAsync(held, TestContext.Current.CancellationToken);
            Assert.NotNull(app.Services.GetRequiredService<DataVersion>().Current);
        }

        var files = Directory.GetFiles(folder.Root, "crm.db*").Select(Path.GetFileName).ToList();
        Directory.Delete(folder.Root, recursive: true);
        Assert.Equal(["crm.db"], files);
    }

    private static IQueryable<string> People(CrmDb db) => db.People.OrderBy(p => p.Name).Select(p => p.Name);

    private static Task<string> NameAsync(CrmDb db, int id) => db.People.Where(p => p.Id == id).Select(p => p.Name).SingleAsync();

    private static Task<int> KeepAsync(CrmDb db, string hash) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO Receipts (Hash, At) VALUES ({hash}, '2026-06-01 09:00:00')");

    /// <summary>The commands that were carried out.</summary>
    private sealed class Asked : DbCommandInterceptor
    {
        private readonly List<DbCommand> _all = [];

        public IEnumerable<DbCommand> With(string text) => _all.Where(command => command.CommandText.Contains(text, StringComparison.Ordinal));

        public void Attach(WebApplicationBuilder builder) => builder.Services.ConfigureDbContext<CrmDb>(options => options.AddInterceptors(this));

        public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            _all.Add(command);
            return ValueTask.FromResult(result);
        }
    }
}
