using System.CommandLine;
using System.Text.RegularExpressions;
using Crm.Data;
using Crm.Docs.Reference;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Tests.Docs;

public sealed class ReferenceTests
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>Ways in which a setting is read by its key, and constants that may hold one.</summary>
    private static readonly Regex Read = new(
        """\b(GetValue(<[^>(]*>)?|GetSection|GetConnectionString|List|(c|C)onfiguration|settings)(\(|\[)(configuration, )?(?<key>"[^"$]+"|[A-Z]\w*)""", Options);

    public static TheoryData<string> Files => [.. GeneratedPages.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_page_that_is_written_from_the_code_is_as_the_code_is(string file)
    {
        var committed = File.ReadAllText(Path.Combine(Repository.Docs, file)).ReplaceLineEndings("\n");

        Assert.True(committed == GeneratedPages.Write(file, Program.Commands()), $"Crm/Docs/{file} is not as the code is. Run 'dotnet run --project Crm -- docs' and commit what it writes.");
    }

    [Fact]
    public async Task The_command_says_what_is_stale_writes_it_and_finds_nothing_more()
    {
        var folder = Directory.CreateTempSubdirectory("crm-test-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "permissions.md"), GeneratedPages.Write("permissions.md", Program.Commands()), TestContext.Current.CancellationToken);

            Assert.Equal((1, "Not as the code is: commands.md, configuration.md, database.md. Run 'dotnet run --project Crm -- docs' and commit what it writes."), await RunAsync("docs", "--check", folder.FullName));
            Assert.Single(folder.GetFiles());
            Assert.Equal((0, "Written: commands.md, configuration.md, database.md."), await RunAsync("docs", folder.FullName));
            Assert.Equal((0, "The references are as the code is."), await RunAsync("docs", "--check", folder.FullName));
            Assert.Equal(1, (await RunAsync("docs", Path.Combine(folder.FullName, "nowhere"))).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_tables_columns_and_indexes_are_those_of_a_migrated_database()
    {
        await using var host = await CrmHost.StartAsync();
        await using var file = new SqliteConnection(SqliteSettings.ConnectionString(host.Folder.Database));
        await file.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = file.CreateCommand();
        command.CommandText = """
            SELECT m.name || '.' || c.name || CASE WHEN c.hidden THEN '' ELSE ' ' || c.type || CASE WHEN c."notnull" THEN '' ELSE ' null' END END FROM sqlite_master m, pragma_table_xinfo(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '__EF%'
            UNION ALL SELECT tbl_name || ' ' || name FROM sqlite_master WHERE type IN ('index', 'view', 'trigger') AND name NOT LIKE 'sqlite_%'
            """;
        List<string> there = [];
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            there.Add(reader.GetString(0));
        }

        using var db = new DesignTimeDb().CreateDbContext([]);
        var told = DatabaseReference.Tables(db).SelectMany(table =>
            table.Columns.Select(c => $"{table.Name}.{c.Name}{(c.ComputedColumnSql is null ? $" {c.StoreType}{(c.IsNullable ? " null" : "")}" : "")}").Concat(table.Indexes.Select(i => $"{table.Name} {i.Name}")));

        Assert.Equal(there.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_table_and_every_setting_is_said_in_words()
    {
        using var db = new DesignTimeDb().CreateDbContext([]);
        var words = new Docstrings();

        Assert.Empty(DatabaseReference.Tables(db).Where(table => DatabaseWords.Of(table, words).Length == 0).Select(table => $"{table.Name}: give its class a docstring."));
        Assert.Empty(ConfigurationReference.All.Where(setting => setting.Meaning.Length == 0).Select(setting => $"{setting.Key}: give its property a docstring."));
    }

    [Fact]
    public void Every_class_of_settings_is_told_of() => Assert.Equal(
        typeof(ConfigurationReference).Assembly.GetTypes().Where(type => type.IsDefined(typeof(SettingsAttribute), inherit: false)).OrderBy(SettingsAttribute.SectionOf, StringComparer.Ordinal),
        ConfigurationReference.Classes);

    [Fact]
    public void Every_setting_that_the_code_reads_stands_in_the_reference()
    {
        var known = ConfigurationReference.All.SelectMany(s => new[] { s.Key, s.Variable }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        List<string> unknown = [];
        var found = 0;
        foreach (var file in Repository.Files("Crm").Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.EndsWith("SettingsAttribute.cs", StringComparison.Ordinal)))
        {
            var code = File.ReadAllText(file);
            unknown.AddRange(code.Contains("BindConfiguration(", StringComparison.Ordinal) ? [$"{file}: register options with AddSettings, and put [Settings(\"…\")] on their class"] : []);
            foreach (var key in Keys(code))
            {
                found++;
                unknown.AddRange(known.Any(k => k.Equals(key, StringComparison.OrdinalIgnoreCase) || k.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase))
                    ? []
                    : [$"{file} reads {key}: name it in ConfigurationReference, or make it a property of a class with [Settings(\"…\")]"]);
            }
        }

        Assert.Empty(unknown);
        Assert.InRange(found, 8, 200);
    }

    [Theory]
    [InlineData("configuration[\"Secret:Thing\"]", "Secret:Thing")]
    [InlineData("builder.Configuration.GetValue<int>(\"Some:Number\", 3)", "Some:Number")]
    [InlineData("public const string Allow = \"AllowIt\"; … settings.GetValue<bool>(Allow)", "AllowIt")]
    [InlineData("Environment.GetEnvironmentVariable(\"CRM_SECRET\")", "CRM_SECRET")]
    public void The_look_for_settings_sees_them(string code, string key) => Assert.Contains(key, Keys(code));

    private static IEnumerable<string> Keys(string code) => Read.Matches(code).Select(m => m.Groups["key"].Value)
        .Concat(Regex.Matches(code, """GetEnvironmentVariable\((?<key>"[^"]+")""", Options).Select(m => m.Groups["key"].Value))
        .Select(key => key[0] == '"' ? key.Trim('"') : Regex.Match(code, $"const string {key} = \"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["value"].Value)
        .Where(key => key.Length > 0);

    private static async Task<(int Code, string Words)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var code = await CommandLine.RunAsync(Program.Commands(), args, new InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString().Trim());
    }
}
