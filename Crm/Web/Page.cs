using Microsoft.EntityFrameworkCore;

namespace Crm.Web;

/// <summary>One page of a list. How many there are in all is not counted: that would cost more than the page.</summary>
/// <param name="Number">From 1.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, int Size, bool HasNext)
{
    public bool HasPrevious => Number > 1;

    public int First => ((Number - 1) * Size) + 1;

    public int Last => First + Items.Count - 1;

    public Pager Pager(Func<int, string> url) => new(
        HasPrevious ? url(Number - 1) : null, HasNext ? url(Number + 1) : null, First, Last);
}

/// <summary>Links to the pages beside this one; drawn by <c>_Pager</c>.</summary>
public sealed record Pager(string? PreviousUrl, string? NextUrl, int First, int Last);

/// <summary>Reads pages.</summary>
public static class Paging
{
    /// <param name="number">From 1.</param>
    public static async Task<Page<T>> PageAsync<T>(this IQueryable<T> rows, int number, int size, CancellationToken cancel)
    {
        var items = await rows.Skip((number - 1) * size).Take(size + 1).ToListAsync(cancel);
        return new Page<T>([.. items.Take(size)], number, size, items.Count > size);
    }
}
