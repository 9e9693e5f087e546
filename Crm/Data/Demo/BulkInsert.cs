using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Data.Demo;

/// <summary>
/// Writes entities with one prepared statement and without tracking: some hundred thousand rows a second. What to write where
/// comes from the model, so that a new property needs nothing here.
/// </summary>
internal sealed class BulkInsert<T> : IDisposable
    where T : class
{
    private readonly SqliteCommand _insert;
    private readonly List<(IProperty Property, SqliteParameter Parameter)> _columns = [];

    /// <param name="withKey">False where the database gives the key.</param>
    public BulkInsert(CrmDb db, bool withKey = true)
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        _insert = connection.CreateCommand();
        _insert.Transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var property in type.GetProperties().Where(p => (withKey || !p.IsPrimaryKey()) && p.GetComputedColumnSql() is null))
        {
            _columns.Add((property, _insert.Parameters.Add(new SqliteParameter($"$p{_columns.Count.ToString(CultureInfo.InvariantCulture)}", null))));
        }

        var names = string.Join(", ", _columns.Select(c => $"\"{c.Property.GetColumnName()}\""));
        var values = string.Join(", ", _columns.Select(c => c.Parameter.ParameterName));
#pragma warning disable CA2100 // names from the model only
        _insert.CommandText = $"INSERT INTO \"{type.GetTableName()}\" ({names}) VALUES ({values})";
#pragma warning restore CA2100
        _insert.Prepare();
    }

    /// <param name="set">Values of properties that the entity itself cannot know yet, such as its key.</param>
    public void Add(T entity, params ReadOnlySpan<(string Property, object Value)> set)
    {
        foreach (var (property, parameter) in _columns)
        {
            parameter.Value = Stored(property, Given(property.Name, set) ?? property.PropertyInfo?.GetValue(entity)) ?? DBNull.Value;
        }

        _insert.ExecuteNonQuery();
    }

    public void Dispose() => _insert.Dispose();

    private static object? Given(string name, ReadOnlySpan<(string Property, object Value)> set)
    {
        foreach (var (property, value) in set)
        {
            if (property == name)
            {
                return value;
            }
        }

        return null;
    }

    private static object? Stored(IProperty property, object? value) =>
        value is not null && property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
}
