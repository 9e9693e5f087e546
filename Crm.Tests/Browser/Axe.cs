using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Crm.Tests.Browser;

/// <summary>Looks for barriers that axe knows. Its own runner for Playwright opens a second window for each page: ten times the time.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Each rule that the page breaks, with the elements that break it.</summary>
    public static async Task<IEnumerable<string>> BarriersAsync(IPage page)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run({ resultTypes: ["violations"] })).violations.map(v => `${v.id}: ${v.nodes.slice(0, 5).map(n => n.html).join(" | ")}`)
            """);
    }
}
