using Crm.Timeline;

namespace Crm.Web.Api;

/// <summary>How an operation changes one record.</summary>
public static class Writing
{
    /// <summary>Found, guarded, changed and saved in one transaction.</summary>
    /// <param name="find">The record as the caller may see it, with all that is asked of it; asked while nobody else writes.</param>
    /// <param name="ifMatch">The request's header; null for an operation that does not ask.</param>
    /// <param name="act">Changes it, or says why not.</param>
    /// <returns>Null when it is done.</returns>
    public static async Task<Refusal?> WriteAsync<T>(this Call call, Func<Task<T?>> find, Func<T, bool> may, string? ifMatch, Func<T, Task<Refusal?>> act)
        where T : class, ITracked
    {
        await using var write = await call.Db.BeginWriteAsync(call.Cancel);
        var record = await find();
        if ((Refusal.Of(record, may, ifMatch) ?? await act(record)) is { } refusal)
        {
            return refusal;
        }

        await call.Db.SaveChangesAsync(call.Cancel);
        await write.CommitAsync(call.Cancel);
        return null;
    }
}
