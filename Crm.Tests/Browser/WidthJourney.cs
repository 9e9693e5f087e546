namespace Crm.Tests.Browser;

public sealed class WidthJourney : Journey
{
    /// <summary>1,280 pixels at 400 % zoom are 320.</summary>
    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task No_page_is_wider_than_its_window_repeats_an_id_or_logs_an_error(int width)
    {
        var me = await EveryPage.FillAsync(Host);
        var page = await OpenAsync(me, width: width);
        List<string> found = [];
        page.Console += (_, message) => found.AddRange(message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal) ? [message.Text] : []);
        page.PageError += (_, error) => found.Add(error);
        foreach (var address in await EveryPage.AddressesAsync(Host))
        {
            var answer = await page.GotoAsync(address);
            found.AddRange(answer!.Ok || address.StartsWith("/error", StringComparison.Ordinal) ? [] : [$"{address} answers {answer.Status}"]);
            var twice = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)");
            found.AddRange(twice.Select(id => $"{address} has the id {id} twice"));
            var wider = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            found.AddRange(wider > 0 ? [$"{address} is {wider} pixels too wide"] : []);
        }

        Assert.Empty(found);
    }
}
