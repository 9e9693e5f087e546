using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Crm.Data;

/// <summary>Asks of something what is asked of that which it belongs to, in the database's words.</summary>
internal static class Predicates
{
    /// <summary><c>tasks.Whose(t => t.Project, holds)</c></summary>
    public static IQueryable<TRecord> Whose<TRecord, TOwner>(
        this IQueryable<TRecord> records, Expression<Func<TRecord, TOwner>> owner, Expression<Func<TOwner, bool>> holds) =>
        records.Where(Expression.Lambda<Func<TRecord, bool>>(
            ReplacingExpressionVisitor.Replace(holds.Parameters[0], owner.Body, holds.Body), owner.Parameters));
}
