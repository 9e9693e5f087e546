using System.Text;
using Crm.Accounts;

namespace Crm.Web.Caching;

/// <summary>
/// The keys of the forms on a page (<see cref="Once"/>), which are other ones each time that it is shown. While a page is drawn
/// to be kept, it is noted which they are.
/// </summary>
public sealed class OnceKeys
{
    private readonly List<string> _made = [];

    /// <summary>A key for one form, of which the one who draws the page makes as many as there are forms.</summary>
    public static string Make(HttpContext context)
    {
        var key = Secret.Make();
        context.Features.Get<OnceKeys>()?._made.Add(key);
        return key;
    }

    /// <returns>Where they stand in the page, in order; null when one of them does not.</returns>
    public IReadOnlyList<Range>? FindIn(ReadOnlySpan<byte> page)
    {
        List<Range> found = [];
        foreach (var key in _made)
        {
            var start = page.IndexOf(Encoding.ASCII.GetBytes(key));
            if (start < 0)
            {
                return null;
            }

            found.Add(start..(start + key.Length));
        }

        return [.. found.OrderBy(range => range.Start.Value)];
    }
}
