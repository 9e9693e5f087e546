using System.Text.Json.Nodes;
using Crm.Accounts;
using Crm.Tests.Host;

namespace Crm.Tests.Docs;

/// <summary>Whoever follows the API guide from its beginning to its end gets what it shows.</summary>
public sealed class ApiGuideTests
{
    [Fact]
    public async Task Every_call_of_the_guide_answers_as_the_guide_says()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Inès Moreau", Role.Admin, "ines@example.com");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var samples = GuideSample.Of(await File.ReadAllTextAsync(Path.Combine(Repository.Docs, "api.md"), TestContext.Current.CancellationToken)).ToList();
        var shell = new Dictionary<string, string> { ["CRM"] = host.Address.GetLeftPart(UriPartial.Authority) };
        foreach (var sample in samples)
        {
            using var request = sample.ToRequest(shell);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Compare(sample, answer, text);
            Keep(shell, request, answer, text);
        }

        Assert.InRange(samples.Count, 12, 100);
    }

    private static void Compare(GuideSample sample, HttpResponseMessage answer, string text)
    {
        var said = sample.Answer?.ReplaceLineEndings("\n").Split("\n\n", 2) ?? [$"HTTP/1.1 {(int)answer.StatusCode}"];
        var lines = said[0].Split('\n');
        Assert.True(lines[0].StartsWith($"HTTP/1.1 {(int)answer.StatusCode}", StringComparison.Ordinal) && (sample.Answer is not null || answer.IsSuccessStatusCode), $"{sample.Command}\n{answer.StatusCode} {text}");
        Assert.All(lines.Skip(1).Select(line => line.Split(':')[0]), name => Assert.True(answer.Headers.Concat(answer.Content.Headers).Any(h => h.Key == name), $"{sample.Command} does not answer with {name}."));
        if (said.Length == 2)
        {
            var missing = Missing(JsonNode.Parse(said[1]), JsonNode.Parse(text), "$").ToList();
            Assert.True(missing.Count == 0, $"{sample.Command}: {string.Join(", ", missing)}\n{text}");
        }
    }

    /// <summary>What the guide shows and the answer does not hold. Values differ: times, tokens.</summary>
    private static IEnumerable<string> Missing(JsonNode? said, JsonNode? answered, string at) => (said, answered) switch
    {
        (JsonObject all, JsonObject other) => all.SelectMany(p => other.ContainsKey(p.Key) ? Missing(p.Value, other[p.Key], $"{at}.{p.Key}") : [$"{at}.{p.Key} is not there"]),
        (JsonArray some, JsonArray others) => some.Count > others.Count ? [$"{at} has {others.Count} items"] : some.Zip(others).SelectMany((pair, i) => Missing(pair.First, pair.Second, $"{at}[{i}]")),
        (null, _) => [],
        _ => said?.GetValueKind() == answered?.GetValueKind() ? [] : [$"{at} is {answered?.ToJsonString() ?? "null"}"],
    };

    /// <summary>What the guide asks the reader to note.</summary>
    private static void Keep(Dictionary<string, string> shell, HttpRequestMessage request, HttpResponseMessage answer, string text)
    {
        var json = answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null;
        shell["TOKEN"] = (json?["accessToken"] ?? json?["token"])?.ToString() ?? shell.GetValueOrDefault("TOKEN", "");
        shell["REFRESH"] = json?["refreshToken"]?.ToString() ?? shell.GetValueOrDefault("REFRESH", "");
        if (request.Method == HttpMethod.Get && answer.IsSuccessStatusCode)
        {
            shell["ETAG"] = answer.Headers.ETag?.ToString() ?? "";
            shell["NEXT"] = answer.Headers.TryGetValues("Link", out var links) ? links.First().Split('<', '>')[1] : "";
        }
    }
}
