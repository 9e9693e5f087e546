using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Crm.Web;

/// <summary>
/// A file that leaves: the only way in which anything is served that somebody brought in. A browser keeps it under a harmless
/// name, guesses at no type, and would run nothing of it if it showed it all the same. Pages and endpoints return it alike.
/// </summary>
/// <param name="content">Closed when it has been sent.</param>
/// <param name="name">As its owner calls it.</param>
/// <param name="type">As it was said to be; what could be a page of ours leaves as bytes.</param>
public sealed class Download(Stream content, string name, string? type = null) : IActionResult, IResult
{
    private const string Bytes = "application/octet-stream";
    private const int LongestName = 120;

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/json", "application/pdf", "application/vnd.sqlite3", "application/zip", "text/csv", "text/plain", "text/calendar",
        "image/avif", "image/gif", "image/jpeg", "image/png", "image/webp",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    };

    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(SafeName(name));
        var headers = httpContext.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        await using (content)
        {
            await TypedResults.Stream(content, TypeOf(type)).ExecuteAsync(httpContext);
        }
    }

    /// <summary>One of the types that no browser takes for a page.</summary>
    public static string TypeOf(string? type) => type?.Split(';')[0].Trim() is { } plain && Harmless.Contains(plain) ? plain.ToLowerInvariant() : Bytes;

    /// <summary>A name without folders, hidden or turned letters, and what some system keeps for itself.</summary>
    public static string SafeName(string name)
    {
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var isOut = rune.Value is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '%' || rune == Rune.ReplacementChar
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            kept.Append(isOut ? "_" : rune.ToString());
        }

        var clean = kept.ToString().Trim(' ', '.', '_');
        var extension = Path.GetExtension(clean);
        extension = extension.Length > 12 ? "" : extension;
        var stem = clean[..^extension.Length];
        stem = stem.Length > LongestName ? stem[..LongestName].TrimEnd('\uD800', ' ', '.') : stem;
        stem = char.IsHighSurrogate(stem.LastOrDefault()) ? stem[..^1] : stem;
        return stem.Length == 0 ? "download" + extension : IsReserved(stem) ? $"_{stem}{extension}" : stem + extension;
    }

    // Of Windows, with any ending
    private static bool IsReserved(string stem) => stem.Split('.')[0].ToUpperInvariant() is "CON" or "PRN" or "AUX" or "NUL"
        or ['C', 'O', 'M', >= '0' and <= '9'] or ['L', 'P', 'T', >= '0' and <= '9'];
}
