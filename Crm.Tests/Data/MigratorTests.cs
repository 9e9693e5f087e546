using System.CommandLine;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data;

public sealed class MigratorTests : IDisposable
{
    private readonly DataFolder _folder = new(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));

    public static TheoryData<string> EarlierMigrations()
    {
        using var services = CommandServices.For(new DataFolder(Path.GetTempPath()));
        return [.. services.KnownMigrations().SkipLast(1)];
    }

    [Fact]
    public async Task Every_change_of_the_model_has_its_migration()
    {
        await using var services = CommandServices.For(_folder);

        Assert.False(services.GetRequiredService<CrmDb>().Database.HasPendingModelChanges(), "Add a migration: dotnet ef migrations add NAME --project Crm -o Data/Migrations");
    }

    [Theory]
    [MemberData(nameof(EarlierMigrations))]
    public async Task An_old_database_is_migrated_after_a_snapshot_and_keeps_what_it_held(string migration)
    {
        await MakeAsync(migration);

        await MigrateAsync();

        var snapshot = Assert.Single(new Snapshots(_folder).All());
        Assert.Equal(SnapshotKind.BeforeMigration, snapshot.Kind);
        Assert.Equal(migration, Read(snapshot.Path, "SELECT max(MigrationId) FROM __EFMigrationsHistory"));
        Assert.Equal("Élan|Ask the harbour master|Agreed.", Read(_folder.Database, """
            SELECT p.Name || '|' || t.Title || '|' || i.Body FROM Projects p JOIN Tasks t ON t.ProjectId = p.Id JOIN Interactions i ON i.TaskId = t.Id
            """));
        Assert.Equal(("ok", null), (Read(_folder.Database, "PRAGMA integrity_check"), Read(_folder.Database, "PRAGMA foreign_key_check")));
        Assert.Equal("wal", Read(_folder.Database, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task After_a_migration_the_database_knows_its_indexes_by_which_it_plans()
    {
        await MakeAsync(EarlierMigrations().Last().Data);

        await MigrateAsync();

        const string Unknown = """
            SELECT group_concat(name) FROM sqlite_master
            WHERE type = 'index' AND tbl_name IN ('Tasks', 'Changes', 'Interactions') AND sql NOT LIKE '% WHERE %' AND name NOT IN (SELECT idx FROM sqlite_stat1)
            """;
        Assert.Null(Read(_folder.Database, Unknown));
    }

    [Fact]
    public async Task A_new_database_lets_people_read_while_somebody_writes()
    {
        await MigrateAsync();

        Assert.Equal("wal", Read(_folder.Database, "PRAGMA journal_mode"));
        Assert.Empty(new Snapshots(_folder).All());
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_database_as_it_was_and_says_so()
    {
        var first = EarlierMigrations().First().Data;
        await MakeAsync(first);
        Run("CREATE TABLE SignIns (Id INTEGER)");
        var before = Schema(_folder.Database);

        var (code, _, errors) = await CommandAsync("user", "add", "--email", "tom@example.com", "--name", "Tom", "--password-stdin");

        Assert.Equal(1, code);
        Assert.Contains("could not be migrated", errors, StringComparison.Ordinal);
        Assert.Contains("again as it was before", errors, StringComparison.Ordinal);
        Assert.Equal(before, Schema(_folder.Database));
        Assert.Equal("Élan", Read(_folder.Database, "SELECT Name FROM Projects"));
        Assert.Equal("wal", Read(_folder.Database, "PRAGMA journal_mode"));
        Assert.Single(new Snapshots(_folder).All());
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_hold_up_the_next()
    {
        await MakeAsync(EarlierMigrations().First().Data);
        Run("CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT INTO __EFMigrationsLock VALUES (1, '2026-06-01')");

        await MigrateAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("Élan", Read(_folder.Database, "SELECT Name FROM Projects"));
    }

    [Fact]
    public async Task A_database_that_a_running_program_holds_is_not_migrated_by_another()
    {
        await MakeAsync(EarlierMigrations().First().Data);
        var before = Schema(_folder.Database);
        using var held = FolderLock.TryTake(_folder);

        var (code, _, errors) = await CommandAsync("user", "add", "--email", "tom@example.com", "--name", "Tom", "--password-stdin");

        Assert.Equal(1, code);
        Assert.Contains("Another program is running", errors, StringComparison.Ordinal);
        Assert.Equal(before, Schema(_folder.Database));
        Assert.Null(FolderLock.TryTake(_folder));
    }

    [Theory]
    [InlineData("user", "add", "--email", "tom@example.com", "--name", "Tom", "--password-stdin")]
    [InlineData("demo")]
    [InlineData("backup", "copy.db")]
    [InlineData("serve", "--urls", "http://127.0.0.1:0")]
    public async Task A_newer_database_is_refused_by_every_command(params string[] command)
    {
        await MigrateAsync();
        Run("INSERT INTO __EFMigrationsHistory VALUES ('20991231000000_Tomorrow', '20.0.0')");

        var (code, _, errors) = await CommandAsync(command);

        Assert.Equal(1, code);
        Assert.Contains("newer version", errors, StringComparison.Ordinal);
        Assert.Contains("20991231000000_Tomorrow", errors, StringComparison.Ordinal);
        Assert.False(File.Exists("copy.db"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_and_one_of_another_program_are_refused_untouched()
    {
        _folder.Create();
        await File.WriteAllTextAsync(_folder.Database, "Dear diary, today I was taken for a database.", TestContext.Current.CancellationToken);
        var (text, _, textErrors) = await CommandAsync("demo");
        Assert.Equal("Dear diary, today I was taken for a database.", await File.ReadAllTextAsync(_folder.Database, TestContext.Current.CancellationToken));

        File.Delete(_folder.Database);
        Run("CREATE TABLE bookmarks (url TEXT)");
        var (other, _, otherErrors) = await CommandAsync("demo");

        Assert.Equal((1, 1), (text, other));
        Assert.Contains("is no database", textErrors, StringComparison.Ordinal);
        Assert.Contains("another program", otherErrors, StringComparison.Ordinal);
        Assert.Equal("bookmarks", Schema(_folder.Database));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder.Root))
        {
            Directory.Delete(_folder.Root, recursive: true);
        }
    }

    private async Task MigrateAsync()
    {
        await using var services = CommandServices.For(_folder);
        await services.MigrateAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A database as an earlier version left it, with a little of everything that it knew.</summary>
    private async Task MakeAsync(string migration)
    {
        _folder.Create();
        await using var services = CommandServices.For(_folder);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        await db.GetService<IMigrator>().MigrateAsync(migration, TestContext.Current.CancellationToken);
        Insert("Workspace", "Id", 1, "Name", "Northlight", "TimeZone", "UTC");
        Insert("People", "Id", 1, "Name", "Inès", "Email", "ines@example.com");
        Insert("Projects", "Id", 1, "Name", "Élan", "SortName", "elan", "OwnerId", 1, "CreatedById", 1);
        Insert("ProjectMembers", "ProjectId", 1, "PersonId", 1);
        Insert("Tasks", "Id", 1, "ProjectId", 1, "Title", "Ask the harbour master", "CreatedById", 1);
        Insert("Interactions", "Id", 1, "ProjectId", 1, "TaskId", 1, "AuthorId", 1, "Body", "Agreed.");
        Insert("Changes", "Id", 1, "Kind", "Project", "RecordId", 1, "ProjectId", 1, "Field", "Name", "PersonId", 1);
    }

    /// <summary>A row with what is named, and something harmless in each other column that needs a value.</summary>
    private void Insert(string table, params object[] values)
    {
        using var connection = DatabaseFile.OpenToWrite(_folder.Database);
        var given = values.Chunk(2).ToDictionary(pair => (string)pair[0], pair => pair[1]);
        var needed = connection.Column($"SELECT name || ':' || type FROM pragma_table_info('{table}') WHERE \"notnull\" = 1 AND dflt_value IS NULL AND pk = 0")
            .Select(column => column.Split(':')).Where(column => !given.ContainsKey(column[0]));
        foreach (var column in needed)
        {
            given[column[0]] = column[1] == "INTEGER" ? 0 : column[0].EndsWith("At", StringComparison.Ordinal) ? "2026-06-01 09:00:00" : column[0] == "Labels" ? "[]" : "";
        }

        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO \"{table}\" ({string.Join(", ", given.Keys.Select(k => $"\"{k}\""))}) VALUES ({string.Join(", ", given.Keys.Select((_, i) => $"$p{i}"))})";
        given.Values.Select((value, i) => command.Parameters.AddWithValue($"$p{i}", value)).ToList();
        command.ExecuteNonQuery();
    }

    private void Run(string sql)
    {
        using var connection = DatabaseFile.OpenToWrite(_folder.Database);
        DatabaseFile.Run(connection, sql);
    }

    private static string? Read(string file, string sql)
    {
        using var connection = DatabaseFile.OpenToRead(file);
        return connection.Scalar<string>(sql);
    }

    private static string Schema(string file)
    {
        using var connection = DatabaseFile.OpenToRead(file);
        return string.Join('\n', connection.Column("SELECT name FROM sqlite_master WHERE name <> '__EFMigrationsLock' ORDER BY name"));
    }

    private async Task<(int Code, string Output, string Errors)> CommandAsync(params string[] words)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        var code = await CommandLine.RunAsync(Program.Commands(), [.. words, "--data", _folder.Root], new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
