using Crm.Docs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Tests.Browser;

public sealed class DocsJourney : Journey
{
    [Fact]
    public async Task Every_page_fits_and_its_diagrams_are_drawn_under_the_policy_in_both_schemes()
    {
        var page = await OpenAsync();
        List<string> found = [];
        var address = "";
        page.Console += (_, message) => found.AddRange(message.Type == "error" ? [$"{address}: {message.Text}"] : []);
        page.PageError += (_, error) => found.Add($"{address}: {error}");
        var drawn = 0;
        foreach (var doc in Host.Services.GetRequiredService<DocsLibrary>().Pages)
        {
            address = doc.Address;
            await page.GotoAsync(address);
            if (doc.HasDiagrams)
            {
                found.AddRange((await FaultsAsync(page)).Select(fault => $"{address}: {fault}"));
                drawn += await page.Locator(".diagram > svg").CountAsync();
            }

            found.AddRange(await WiderAsync(page) is > 0 and var wider ? [$"{address} is {wider} pixels too wide"] : []);
            found.AddRange(await WiderAsync(page, 390) is > 0 and var narrow ? [$"{address} is {narrow} pixels too wide on a phone"] : []);
            if (doc.HasDiagrams)
            {
                found.AddRange((await FaultsInTheDarkAsync(page)).Select(fault => $"{address} in the dark: {fault}"));
            }
        }

        Assert.Empty(found);
        Assert.InRange(drawn, 1, 100);
    }

    /// <summary>What is wrong with the diagrams, once they are drawn.</summary>
    private static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        await page.Locator("html[data-diagrams=drawn]").WaitForAsync();
        var left = await page.Locator("pre.language-mermaid").CountAsync();
        var empty = await page.EvaluateAsync<int>("[...document.querySelectorAll('.diagram > svg')].filter(svg => svg.querySelectorAll('text').length < 3 || !svg.querySelector('title')?.textContent || !svg.querySelector('desc')?.textContent).length");
        return
        [
            .. left > 0 ? [$"{left} diagrams are not drawn"] : Array.Empty<string>(),
            .. empty > 0 ? [$"{empty} diagrams are empty or have no words"] : Array.Empty<string>(),
            .. await Axe.BarriersAsync(page),
        ];
    }

    /// <summary>The same once the scheme has changed under them. The page is left, so that they are not drawn a third time.</summary>
    private static async Task<IReadOnlyList<string>> FaultsInTheDarkAsync(IPage page)
    {
        await page.EvaluateAsync("document.documentElement.dataset.diagrams = 'light'");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var faults = await FaultsAsync(page);
        await page.GotoAsync("about:blank");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return faults;
    }

    [Fact]
    public async Task Without_JavaScript_pages_are_turned_and_diagrams_read_as_text()
    {
        var page = await OpenAsync(javaScript: false, width: 390);
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Documentation" }).ClickAsync();
        await page.GetByText("All pages").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Contributing" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Contributing");
        await Expect(page.Locator("pre.language-mermaid").First).ToContainTextAsync("accTitle: ");
        await page.GetByText("On this page").First.ClickAsync();
        await page.Locator(".docs-folds").GetByRole(AriaRole.Link, new() { Name = "Tests" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/docs/contributing#tests$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
