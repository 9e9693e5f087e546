using System.Buffers.Text;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Crm.Web.Api;

/// <summary>
/// An order in which a list can be read on from the last record that was seen, however many come and go meanwhile. Records with
/// equal keys stand in the order of their ids.
/// </summary>
/// <param name="name">Stands in the cursor: one of another order is refused.</param>
/// <param name="keys">Never null: fall back to a value that sorts as it should. Texts, numbers, days, moments, choices.</param>
public sealed class Keyset<T>(string name, params (LambdaExpression Key, bool IsDescending)[] keys)
    where T : class
{
    private readonly ParameterExpression _record = Expression.Parameter(typeof(T), "r");

    /// <summary>By id, which is by when they came.</summary>
    public static Keyset<T> ById(string name, bool isDescending = false) => new(name) { IdDescends = isDescending };

    public bool IdDescends { get; init; }

    public static (LambdaExpression, bool) By<TKey>(Expression<Func<T, TKey>> key, bool isDescending = false) => (key, isDescending);

    /// <summary>Two queries: which records stand in this stretch, and what is shown of them.</summary>
    /// <param name="show">What is shown of a record; in any order.</param>
    /// <exception cref="BadInputException">The cursor cannot be read.</exception>
    public async Task<Slice<TRow>> ReadAsync<TRow>(
        IQueryable<T> records, PageQuery page, Func<IQueryable<T>, IQueryable<TRow>> show, Func<TRow, long> idOf, CancellationToken cancel)
    {
        var parts = Parts().ToList();
        var rest = page.Cursor is null ? records : records.Where(After(parts, Read(page.Cursor, parts)));
        var marks = await InOrder(rest, parts).Select(Mark(parts)).Take(page.Size + 1).ToListAsync(cancel);
        var ids = marks.Take(page.Size).Select(m => Convert.ToInt64(m[^1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var rows = ids.Count == 0 ? [] : (await show(records.Where(IsIn(ids))).ToListAsync(cancel)).ToDictionary(idOf);
        return new Slice<TRow>([.. ids.Where(rows.ContainsKey).Select(id => rows[id])], marks.Count > page.Size ? Write(marks[page.Size - 1]) : null);
    }

    private IEnumerable<(Expression Key, bool IsDescending)> Parts() => keys
        .Select(k => (new Exchange(k.Key.Parameters[0], _record).Visit(k.Key.Body)!, k.IsDescending))
        .Append((Expression.Property(_record, "Id"), IdDescends));

    private IQueryable<T> InOrder(IQueryable<T> records, List<(Expression Key, bool IsDescending)> parts)
    {
        var ordered = records.Expression;
        foreach (var (key, isDescending) in parts)
        {
            var verb = (ordered == records.Expression ? "OrderBy" : "ThenBy") + (isDescending ? "Descending" : "");
            ordered = Expression.Call(typeof(Queryable), verb, [typeof(T), key.Type], ordered, Expression.Quote(Expression.Lambda(key, _record)));
        }

        return records.Provider.CreateQuery<T>(ordered);
    }

    /// <summary>The first key beyond that of the last record, or equal and the second beyond, and so on.</summary>
    private Expression<Func<T, bool>> After(List<(Expression Key, bool IsDescending)> parts, List<object> last)
    {
        Expression? after = null;
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            var (key, value) = (parts[i].Key, Parameter(parts[i].Key.Type, last[i]));
            var beyond = Beyond(key, value, parts[i].IsDescending);
            after = after is null ? beyond : Expression.OrElse(beyond, Expression.AndAlso(Expression.Equal(key, value), after));
        }

        // That the first key is there or beyond goes without saying: it lets the database begin there in an index.
        var begin = Beyond(parts[0].Key, Parameter(parts[0].Key.Type, last[0]), parts[0].IsDescending, orEqual: true);
        return Expression.Lambda<Func<T, bool>>(parts.Count == 1 ? after! : Expression.AndAlso(begin, after!), _record);
    }

    private static BinaryExpression Beyond(Expression key, Expression value, bool isDescending, bool orEqual = false)
    {
        if (key.Type == typeof(string))
        {
            (key, value) = (Expression.Call(typeof(string), nameof(string.Compare), null, key, value), Expression.Constant(0));
        }
        else if (key.Type.IsEnum)
        {
            (key, value) = (Expression.Convert(key, typeof(int)), Expression.Convert(value, typeof(int)));
        }

        return (isDescending, orEqual) switch
        {
            (true, true) => Expression.LessThanOrEqual(key, value),
            (true, false) => Expression.LessThan(key, value),
            (false, true) => Expression.GreaterThanOrEqual(key, value),
            _ => Expression.GreaterThan(key, value),
        };
    }

    private Expression<Func<T, object[]>> Mark(List<(Expression Key, bool IsDescending)> parts) => Expression.Lambda<Func<T, object[]>>(
        Expression.NewArrayInit(typeof(object), parts.Select(p => Expression.Convert(p.Key, typeof(object)))), _record);

    private Expression<Func<T, bool>> IsIn(List<long> ids)
    {
        var id = Expression.Property(_record, "Id");
        return id.Type == typeof(long)
            ? Expression.Lambda<Func<T, bool>>(Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(long)], Parameter(typeof(IEnumerable<long>), ids), id), _record)
            : Expression.Lambda<Func<T, bool>>(Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(int)], Parameter(typeof(IEnumerable<int>), ids.ConvertAll(i => (int)i)), id), _record);
    }

    private string Write(object[] mark) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(mark.Prepend(name)));

    private List<object> Read(string cursor, List<(Expression Key, bool IsDescending)> parts)
    {
        try
        {
            var values = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(cursor)) ?? [];
            if (values.Length == parts.Count + 1 && values[0].ValueKind == JsonValueKind.String && values[0].GetString() == name)
            {
                return [.. parts.Select((p, i) => values[i + 1].Deserialize(p.Key.Type) ?? throw new JsonException())];
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            // Told below
        }

        throw new BadInputException("cursor", "This is no cursor of this list in this order. Take the nextCursor of the answer before, or begin without one.");
    }

    /// <summary>A value that Entity Framework hands to the database apart from the words of the query, which stay the same.</summary>
    private static MemberExpression Parameter(Type type, object value) =>
        Expression.Property(Expression.Constant(Activator.CreateInstance(typeof(Held<>).MakeGenericType(typeof(T), type), value)), "Value");

    private sealed class Held<TKey>(TKey value)
    {
        public TKey Value { get; } = value;
    }

    private sealed class Exchange(Expression from, Expression to) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
    }
}
