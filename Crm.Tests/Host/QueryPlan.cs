using System.Text.RegularExpressions;
using Crm.Data;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Host;

/// <summary>How the database means to answer a query of the program.</summary>
internal static class QueryPlan
{
    public static async Task<string> OfAsync(CrmHost host, string query)
    {
        await using var connection = new SqliteConnection(SqliteSettings.ConnectionString(host.Folder.Database));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // of the program itself, with numbers in place of its parameters
        command.CommandText = "EXPLAIN QUERY PLAN " + Regex.Replace(query, "@\\w+", "1", RegexOptions.NonBacktracking);
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        List<string> steps = [];
        while (await rows.ReadAsync())
        {
            steps.Add(rows.GetString(3));
        }

        return string.Join('\n', steps);
    }
}
