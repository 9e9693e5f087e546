using System.Text;
using System.Text.Json.Nodes;
using Crm.Data;
using Crm.Imports;
using Crm.Imports.Trello;
using Crm.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Imports;

/// <summary>A small board as Trello exports it, to change at will: 5 lists, 6 cards, 3 comments, 3 members and one who left.</summary>
internal static class BoardJson
{
    public const string Walk = "66000000bbbbbbbbbbbbbb01";

    public static JsonNode Read()
    {
        using var file = typeof(BoardJson).Assembly.GetManifestResourceStream("board.json")!;
        return JsonNode.Parse(file)!;
    }

    public static JsonArray Cards(this JsonNode board) => board["cards"]!.AsArray();

    public static JsonNode Card(this JsonNode board, string id) => board.Cards().Single(c => (string?)c!["id"] == id)!;

    public static async Task<Board> ParseAsync(this JsonNode board) => await ParseAsync(Encoding.UTF8.GetBytes(board.ToJsonString()));

    public static async Task<Board> ParseAsync(byte[] bytes)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes);
            return await BoardFile.ReadAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Brings a board into a running program, past its pages.</summary>
    public static async Task<ImportReport> ImportAsync(
        this CrmHost host, JsonNode board, int? importerId = null, params (string Member, int Person)[] choices)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var import = scope.ServiceProvider.GetRequiredService<BoardImport>();
        return await import.RunAsync(await board.ParseAsync(), importerId, choices.ToDictionary(c => c.Member, c => c.Person, StringComparer.Ordinal));
    }

    /// <summary>Every row of every table but sessions, as text.</summary>
    public static async Task<string> EverythingAsync(this CrmHost host) => await host.ReadAsync(async db =>
    {
        var all = new StringBuilder();
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(SqliteSettings.ConnectionString(host.Folder.Database));
        await connection.OpenAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(t => Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetTableName(t)).OfType<string>().Where(t => t != "Sessions").Distinct().Order())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                all.Append(table).AppendJoin('|', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)).AppendLine();
            }
        }

        return all.ToString();
    });
}
