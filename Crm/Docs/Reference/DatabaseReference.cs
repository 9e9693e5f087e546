using System.Text;
using Crm.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Crm.Docs.Reference;

/// <summary>Every table with its columns, keys and indexes, and how they hang together, from the model that the migrations follow.</summary>
internal static class DatabaseReference
{
    private const string Head = """
        # The database

        Written by `Crm docs` from the model of Entity Framework, which the migrations in `Crm/Data/Migrations` follow. It is one SQLite
        file, `crm.db` in the data folder, in WAL mode with foreign keys on; the architecture tells
        [how a write gets onto the disk](architecture.md#how-a-write-gets-onto-the-disk). Moments are UTC, as text of the form
        `2026-06-01 09:00:00.000`; days are `2026-06-01`; truth is 0 or 1. What is deleted keeps its row, with the moment in `DeletedAt`,
        so that it can come back; lists and searches leave it out. Every change of a tracked record leaves rows in [Changes](#changes) in the same transaction.

        ## All tables

        Each box names a table with its keys: PK is what identifies a row, FK what points to another table. The end with three prongs is
        the one of which there may be many.

        """;

    public static string ToMarkdown()
    {
        using var db = new DesignTimeDb().CreateDbContext([]);
        var words = new Docstrings();
        var tables = Tables(db);
        var text = new StringBuilder(Head);
        Diagram(text, tables);
        foreach (var table in tables)
        {
            text.Append("\n## ").Append(table.Name).Append("\n\n").Append(DatabaseWords.Of(table, words)).Append("\n\n");
            text.Append("| column | type | null | default | key | meaning |\n|---|---|---|---|---|---|\n");
            foreach (var column in table.Columns)
            {
                text.Append("| `").Append(column.Name).Append("` | ").Append(column.StoreType).Append(Length(column)).Append(" | ").Append(column.IsNullable ? "yes" : "").Append(" | ")
                    .Append(Standard(column)).Append(" | ").Append(Keys(table, column)).Append(" | ").Append(GeneratedPages.Cell(DatabaseWords.Of(column, words))).Append(" |\n");
            }

            Indexes(text, table);
        }

        return text.ToString();
    }

    public static IReadOnlyList<ITable> Tables(CrmDb db) => [.. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal)];

    private static void Diagram(StringBuilder text, IReadOnlyList<ITable> tables)
    {
        text.Append("\n```mermaid\nerDiagram\n  direction LR\n  accTitle: The tables of the database\n  accDescr: Each table with its keys, and the tables that its foreign keys point to. The sections below say the same in words.\n");
        foreach (var table in tables)
        {
            text.Append("  ").Append(table.Name).Append(" {\n");
            foreach (var column in table.Columns.Where(c => Marks(table, c).Any()))
            {
                text.Append("    ").Append(column.StoreType).Append(' ').Append(column.Name).Append(' ').AppendJoin(", ", Marks(table, column)).Append('\n');
            }

            text.Append("  }\n");
        }

        foreach (var (table, key) in tables.SelectMany(t => t.ForeignKeyConstraints.Select(k => (t, k))))
        {
            var one = key.Columns.Any(c => c.IsNullable) ? "|o" : "||";
            var many = key.MappedForeignKeys.Any(k => k.IsUnique) ? "o|" : "o{";
            text.Append("  ").Append(key.PrincipalTable.Name).Append(' ').Append(one).Append("--").Append(many).Append(' ').Append(table.Name)
                .Append(" : ").AppendJoin('_', key.Columns.Select(c => c.Name)).Append('\n');
        }

        text.Append("```\n");
    }

    private static IEnumerable<string> Marks(ITable table, IColumn column) =>
        [.. IsIn(table.PrimaryKey, column) ? ["PK"] : Array.Empty<string>(), .. table.ForeignKeyConstraints.Any(k => k.Columns.Contains(column)) ? ["FK"] : Array.Empty<string>()];

    private static bool IsIn(IPrimaryKeyConstraint? key, IColumn column) => key?.Columns.Contains(column) == true;

    private static string Length(IColumn column) =>
        column.MaxLength is { } most ? $", at most {most.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : "";

    private static string Standard(IColumn column) =>
        column.ComputedColumnSql is { } computed ? $"computed: `{computed}`"
        : column.DefaultValueSql is { } sql ? $"`{sql}`"
        : column.TryGetDefaultValue(out var value) && value is not null ? $"`{Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)}`"
        : "";

    private static string Keys(ITable table, IColumn column)
    {
        List<string> keys = [.. IsIn(table.PrimaryKey, column) ? ["PK"] : Array.Empty<string>()];
        foreach (var key in table.ForeignKeyConstraints.Where(k => k.Columns.Contains(column)))
        {
            var target = key.PrincipalTable.Name;
            keys.Add($"FK [{target}](#{target.ToLowerInvariant()}), {OnDelete(key.OnDeleteAction)}");
        }

        return string.Join("; ", keys);
    }

    private static string OnDelete(ReferentialAction action) => action switch
    {
        ReferentialAction.Cascade => "goes with it",
        ReferentialAction.SetNull => "emptied with it",
        _ => "holds it",
    };

    private static void Indexes(StringBuilder text, ITable table)
    {
        if (!table.Indexes.Any())
        {
            return;
        }

        text.Append("\n| index | columns | condition |\n|---|---|---|\n");
        foreach (var index in table.Indexes.OrderBy(i => i.Name, StringComparer.Ordinal))
        {
            var columns = index.Columns.Select((c, i) => $"`{c.Name}`{(index.IsDescending is { } down && (down.Count == 0 || down[i]) ? " descending" : "")}");
            List<string> also = [.. index.IsUnique ? ["unique"] : Array.Empty<string>(), .. index.Filter is { } filter ? [$"where `{filter}`"] : Array.Empty<string>()];
            text.Append("| `").Append(index.Name).Append("` | ").AppendJoin(", ", columns).Append(" | ").AppendJoin(", ", also).Append(" |\n");
        }
    }
}
