using Microsoft.Playwright;

namespace Crm.Tests.Browser;

public sealed class EveryPageJourney : Journey
{
    /// <summary>1,280 pixels at 400 % zoom are 320.</summary>
    [Theory]
    [InlineData(1280, ColorScheme.Light, 320)]
    [InlineData(390, ColorScheme.Dark, 1280)]
    public async Task No_page_is_wider_than_its_window_repeats_an_id_logs_an_error_or_has_a_barrier_that_axe_knows(int width, ColorScheme scheme, int thenWidth)
    {
        var me = await EveryPage.FillAsync(Host);
        var page = await OpenAsync(me, width: width, scheme: scheme);
        List<string> found = [];
        page.Console += (_, message) => found.AddRange(message.Type is "error" or "warning" && !IsExpected(message.Text) ? [message.Text] : []);
        page.PageError += (_, error) => found.Add(error);
        foreach (var address in await EveryPage.AddressesAsync(Host))
        {
            var answer = await page.GotoAsync(address);
            found.AddRange(answer!.Ok || address.StartsWith("/error", StringComparison.Ordinal) ? [] : [$"{address} answers {answer.Status}"]);
            var twice = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)");
            found.AddRange(twice.Select(id => $"{address} has the id {id} twice"));
            found.AddRange(await WiderAsync(page) is > 0 and var wider ? [$"{address} is {wider} pixels too wide"] : []);
            found.AddRange(await WiderAsync(page, thenWidth) is > 0 and var then ? [$"{address} is {then} pixels too wide at {thenWidth}"] : []);
            found.AddRange((await Axe.BarriersAsync(page)).Select(barrier => $"{address}: {barrier}"));
        }

        Assert.Empty(found);
    }

    /// <summary>Chromium has Bluetooth on some systems only, and wonders on the others that it is forbidden.</summary>
    private static bool IsExpected(string message) =>
        message.Contains("404", StringComparison.Ordinal) || message.Contains("Unrecognized feature: 'bluetooth'", StringComparison.Ordinal);
}
