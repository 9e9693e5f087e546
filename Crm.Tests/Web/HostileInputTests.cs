using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using Crm.Accounts;
using Crm.Data.Demo;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Web;

/// <summary>
/// Every field of every handler, found in the program itself, with strings of <see cref="Naughty"/>: a few for each, so that all
/// of them are tried somewhere, or as many as CRM_HOSTILE says.
/// </summary>
public sealed class HostileInputTests
{
    private static readonly int StringsEach = int.Parse(Environment.GetEnvironmentVariable("CRM_HOSTILE") ?? "3", CultureInfo.InvariantCulture);

    private static readonly string[] Destructive = ["Delete", "Archive", "Remove", "Disable", "Discard", "End", "Revoke", "sign-out"];

    [Fact]
    public async Task No_input_breaks_an_endpoint_or_becomes_markup()
    {
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            foreach (var limit in new[] { "Visits", "Forms", "Reads", "Writes", "Uploads", "Heavy" })
            {
                builder.Configuration[$"Limits:{limit}"] = "0";
            }
        });
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.ReadAsync(db => SampleData.FillAsync(db, me.Id, host.Now));
        var browser = await host.VisitAsync(me);
        var token = await browser.TokenAsync();
        var bad = new ConcurrentBag<string>();
        var sent = new ConcurrentDictionary<int, int>();
        foreach (var (request, offset) in Requests(await EndpointInputs.AllAsync(host.Services)))
        {
            if (!request.IsRead && IsDestructive(request))
            {
                // It may have ended the session, or the person.
                await host.ReadAsync(db => db.People.Where(p => p.Id == me.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.DisabledAt, (DateTime?)null).SetProperty(x => x.Role, Role.Admin)));
                browser = await host.VisitAsync(me);
                token = await browser.TokenAsync();
            }

            await Parallel.ForEachAsync(Cases(request, offset), TestContext.Current.CancellationToken, async (values, _) =>
            {
                var answer = await browser.SendAsync(Message(request, values, token));
                sent.AddOrUpdate((int)answer.Status, 1, (_, n) => n + 1);
                if (Problem(answer) is { } problem)
                {
                    var text = string.Join('&', values.Select(v => $"{v.Name}={v.Value}"));
                    bad.Add($"{request} {text[..Math.Min(300, text.Length)]}: {problem}");
                }
            });
        }

        bad = [.. bad, .. await CrawlAsync(host, await host.VisitAsync(me))];
        var counts = string.Join(", ", sent.OrderBy(s => s.Key).Select(s => $"{s.Value} times {s.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine(counts);
        Assert.True(bad.IsEmpty, $"{bad.Count} of {counts}:\n{string.Join('\n', bad.Distinct().Take(40))}");

        // Many must have come as far as a handler, or nothing was tried.
        Assert.True(sent[200] + sent[302] + sent[422] > sent.Values.Sum() / 3, counts);
    }

    [Theory]
    [InlineData("<b>bold</b>", false)]
    [InlineData($"<b id={Naughty.Mark}>", true)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("<img src=x onerror=alert(1)>", true)]
    [InlineData("<a href=' JavaScript:alert(1)'>", true)]
    public async Task The_look_for_markup_sees_it(string html, bool isSeen)
    {
        await using var host = await CrmHost.StartAsync(map: app => app.MapGet("/echo", [Needs(Right.SeeLists)] () => Microsoft.AspNetCore.Http.Results.Content(html, "text/html")));
        var (browser, _) = await host.SignInAsync();

        Assert.Equal(isSeen, Problem(await browser.GetAsync("/echo")) is not null);
    }

    /// <summary>What is harmless first, so that there is something left to try it on.</summary>
    private static IEnumerable<(EndpointInput, int)> Requests(IEnumerable<EndpointInput> all) =>
        all.OrderBy(r => !r.IsRead).ThenBy(r => IsDestructive(r)).ThenBy(r => r.Path, StringComparer.Ordinal).Select((r, i) => (r, i * StringsEach));

    private static IEnumerable<(string Name, string Value)[]> Cases(EndpointInput request, int offset)
    {
        var strings = Naughty.Encoded;
        return Enumerable.Range(offset, StringsEach)
            .Select(i => request.Fields.Append("{}").Select((field, n) => (field, strings[(i + n) % strings.Count])).ToArray());
    }

    private static bool IsDestructive(EndpointInput request) => Destructive.Any(request.ToString().Contains);

    private static HttpRequestMessage Message(EndpointInput request, (string Name, string Value)[] values, string token)
    {
        var inPath = values.FirstOrDefault(v => v.Name == "{}").Value;
        var fields = string.Join('&', values.Where(v => v.Name != "{}").Select(v => $"{v.Name}={v.Value}"));

        // Mostly a record that is there, or nothing behind it would be reached.
        var path = request.With(inPath is null || inPath.Length % 3 > 0 ? "1" : inPath);
        if (request.IsRead)
        {
            return new HttpRequestMessage(HttpMethod.Get, new Uri(Short($"{path}{(path.Contains('?') ? '&' : '?')}{fields}"), UriKind.Relative));
        }

        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Short(path), UriKind.Relative)) { Content = new StringContent(fields, Encoding.ASCII) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        message.Headers.Add("RequestVerificationToken", token);
        if (fields.Length % 2 == 0)
        {
            message.Headers.Add("HX-Request", "true");
        }

        return message;
    }

    // Longer ones are refused at the door, which LimitTests look at.
    private static string Short(string address) => address.Length <= 6_000 ? address : address[..6_000].TrimEnd('%');

    private static string? Problem(Answer answer)
    {
        return (int)answer.Status >= 500 ? $"{(int)answer.Status}" : answer.Location is { } location && !Crm.Web.LocalAddress.IsLocal(location) ? $"leads to {location}" : Markup(answer);
    }

    /// <summary>What stands in a page that no page of ours has.</summary>
    private static string? Markup(Answer answer)
    {
        if (answer.Header("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) != true)
        {
            return null;
        }

        var odd = answer.Html.All.FirstOrDefault(element =>
            element.Id == Naughty.Mark || element.LocalName is "iframe" or "object" or "embed" or "base"
            // What comes in cannot know the number that the answer makes up.
            || (element.LocalName == "script" && element.GetAttribute("src")?.StartsWith('/') != true && !element.HasAttribute("nonce"))
            || element.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || IsScript(a)));
        return odd is null ? null : "holds " + odd.OuterHtml[..Math.Min(200, odd.OuterHtml.Length)];
    }

    private static bool IsScript(IAttr attribute) =>
        attribute.Name is "href" or "src" or "action" or "formaction" or "hx-get" or "hx-post" or "xlink:href"
        && new[] { "javascript:", "data:", "vbscript:" }.Any(s => attribute.Value.Trim().StartsWith(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>What was taken in, as it is shown afterwards.</summary>
    private static async Task<List<string>> CrawlAsync(CrmHost host, Visitor browser)
    {
        var bad = new List<string>();
        foreach (var page in (await EndpointInputs.AllAsync(host.Services)).Where(r => r.IsRead))
        {
            foreach (var id in page.HasRoute ? new[] { "1", "2", "3" } : ["1"])
            {
                if (Problem(await browser.GetAsync(page.With(id))) is { } problem)
                {
                    bad.Add($"{page} afterwards: {problem}");
                }
            }
        }

        return bad;
    }
}
