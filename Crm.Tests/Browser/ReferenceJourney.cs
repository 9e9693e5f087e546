using System.Text.RegularExpressions;
using Crm.Accounts;
using Crm.Web.Api.OpenApi;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Tests.Browser;

public sealed class ReferenceJourney : Journey
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_reference_shows_every_operation_under_the_policy_and_asks_nobody_else(int width, ColorScheme scheme)
    {
        var page = await OpenAsync(width: width, scheme: scheme);
        var odd = await WatchAsync(page);

        await page.GotoAsync(ApiReference.Path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Crm", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("/api/v1/auth/login").First).ToBeVisibleAsync();
        odd.AddRange(await page.EvaluateAsync<string[]>("window.violations"));

        Assert.Empty(odd);
        Assert.Equal(0, await WiderAsync(page));
    }

    [Fact]
    public async Task A_call_is_tried_with_ones_own_session()
    {
        var me = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        await Host.AddProjectAsync("Harbour guide", me);
        var page = await OpenAsync(me);
        var odd = await WatchAsync(page);

        await page.GotoAsync(ApiReference.Path);
        await page.GetByRole(AriaRole.Link, new() { Name = "Projects", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^List projects", RegexOptions.None, Patience) }).ClickAsync();
        await page.Locator("button", new() { HasText = "(get /api/v1/projects)" }).First.ClickAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Send get request", RegexOptions.IgnoreCase, Patience) }).ClickAsync(),
            response => response.Url.Contains("/api/v1/", StringComparison.Ordinal));

        Assert.Equal((200, $"{Host.Address}api/v1/projects"), (answer.Status, answer.Url.Split('?')[0]));
        Assert.Contains("Harbour guide", await answer.TextAsync(), StringComparison.Ordinal);
        odd.AddRange(await page.EvaluateAsync<string[]>("window.violations"));
        Assert.Empty(odd);
    }

    /// <summary>What goes wrong, what the policy forbids, and what is asked of somebody else.</summary>
    private async Task<List<string>> WatchAsync(IPage page)
    {
        List<string> odd = [];
        page.Console += (_, message) => odd.AddRange(message.Type == "error" ? [message.Text] : []);
        page.PageError += (_, error) => odd.Add(error);
        page.Request += (_, request) => odd.AddRange(request.Url.StartsWith(Host.Address.ToString(), StringComparison.Ordinal) ? [] : [request.Url]);
        await page.AddInitScriptAsync("window.violations = []; document.addEventListener('securitypolicyviolation', e => violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));");
        return odd;
    }
}
