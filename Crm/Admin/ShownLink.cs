using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Crm.Admin;

/// <summary>Carries a link to the page that shows it, once: it is nowhere else in the clear.</summary>
public sealed record ShownLink(string Words, string Url)
{
    private const string WordsKey = "link.words";
    private const string UrlKey = "link.url";

    public static void Put(ITempDataDictionary data, string words, string url) => (data[WordsKey], data[UrlKey]) = (words, url);

    public static ShownLink? Take(ITempDataDictionary data) =>
        data[WordsKey] is string words && data[UrlKey] is string url ? new ShownLink(words, url) : null;
}
