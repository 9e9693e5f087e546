using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Crm.Tests.Browser;

public sealed class AccessibilityJourney : Journey
{
    /// <summary>Each width and each scheme once: colours do not depend on the width.</summary>
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task No_page_has_a_barrier_that_axe_knows(int width, ColorScheme scheme)
    {
        var me = await EveryPage.FillAsync(Host);
        var page = await OpenAsync(me, width: width, scheme: scheme);
        List<string> found = [];
        foreach (var address in await EveryPage.AddressesAsync(Host))
        {
            await page.GotoAsync(address);
            var result = await page.RunAxe();
            found.AddRange(result.Violations.Select(v => $"{address}: {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
        }

        Assert.Empty(found);
    }
}
