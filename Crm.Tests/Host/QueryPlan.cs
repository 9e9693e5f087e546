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
#pragma warning disable CA2100 // of the program itself
        command.CommandText = "EXPLAIN QUERY PLAN " + query;
#pragma warning restore CA2100
        foreach (var name in Regex.Matches(query, "@\\w+", RegexOptions.NonBacktracking).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            command.Parameters.AddWithValue(name, 1);
        }

        await using var rows = await command.ExecuteReaderAsync();
        List<string> steps = [];
        while (await rows.ReadAsync())
        {
            steps.Add(rows.GetString(3));
        }

        return string.Join('\n', steps);
    }
}
