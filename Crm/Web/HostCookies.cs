using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;

namespace Crm.Web;

/// <summary>
/// Over HTTPS every cookie of ours is called <c>__Host-…</c>: a browser takes one of that name only from this very host, over
/// HTTPS and for all paths, so that no neighbour can plant one. The rest of the program knows the plain names.
/// </summary>
public static class HostCookies
{
    private const string Ours = "crm-";
    private const string Prefix = "__Host-";

    public static IApplicationBuilder UseHostCookies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.IsHttps)
        {
            context.Request.Cookies = new Received(context.Request.Cookies);
            context.Features.Set<IResponseCookiesFeature>(new Sent(context.Response.Cookies));
        }

        return next(context);
    });

    private static bool IsOurs(string name) => name.StartsWith(Ours, StringComparison.Ordinal);

    private sealed class Received(IRequestCookieCollection all) : IRequestCookieCollection
    {
        public int Count => all.Count;

        // Some look for theirs by how their names begin.
        public ICollection<string> Keys => [.. this.Select(cookie => cookie.Key)];

        public string? this[string key] => all[Name(key)];

        public bool ContainsKey(string key) => all.ContainsKey(Name(key));

        public bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => all.TryGetValue(Name(key), out value);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
            all.Where(cookie => !IsOurs(cookie.Key)).Select(cookie => KeyValuePair.Create(Plain(cookie.Key), cookie.Value)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private static string Name(string key) => IsOurs(key) ? Prefix + key : key;

        private static string Plain(string key) => key.StartsWith(Prefix + Ours, StringComparison.Ordinal) ? key[Prefix.Length..] : key;
    }

    private sealed class Sent(IResponseCookies all) : IResponseCookies, IResponseCookiesFeature
    {
        public IResponseCookies Cookies => this;

        public void Append(string key, string value) => Append(key, value, new CookieOptions());

        public void Append(string key, string value, CookieOptions options) => all.Append(Name(key, options), value, options);

        public void Delete(string key) => Delete(key, new CookieOptions());

        public void Delete(string key, CookieOptions options) => all.Delete(Name(key, options), options);

        private static string Name(string key, CookieOptions options)
        {
            if (!IsOurs(key))
            {
                return key;
            }

            (options.Secure, options.Path, options.Domain) = (true, "/", null);
            return Prefix + key;
        }
    }
}
