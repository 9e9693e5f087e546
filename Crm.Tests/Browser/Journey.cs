using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.Playwright;

namespace Crm.Tests.Browser;

/// <summary>A test that somebody lives through in a browser: a program of its own and windows onto it.</summary>
public abstract class Journey : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];

    protected CrmHost Host { get; private set; } = null!;

    /// <summary>False for a database that nobody has set up.</summary>
    protected virtual bool SetUp => true;

    public async ValueTask InitializeAsync() => Host = await CrmHost.StartAsync(SetUp);

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                await KeepAsync(context.Pages);
            }

            await context.CloseAsync();
        }

        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A window of a browser of its own, signed in if somebody is named.</summary>
    protected async Task<IPage> OpenAsync(Person? person = null, bool javaScript = true, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var browser = await Chromium.GetAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Host.Address.ToString(),
            JavaScriptEnabled = javaScript,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        _contexts.Add(context);
        if (person is not null)
        {
            await context.AddCookiesAsync([new() { Name = "crm-session", Value = await Host.SessionCookieAsync(person), Url = Host.Address.ToString() }]);
        }

        var page = await context.NewPageAsync();
        return page;
    }

    /// <summary>What somebody who was not there needs to see of a journey that failed. Goes into the report of the tests.</summary>
    private static async Task KeepAsync(IReadOnlyList<IPage> pages)
    {
        foreach (var (page, place) in pages.Select((page, i) => (page, i + 1)))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"Window {place} shows {page.Url}");
            TestContext.Current.AddAttachment($"window-{place}.png", await page.ScreenshotAsync(), "image/png");
        }
    }

    /// <summary>By how many pixels a page has to be pushed aside.</summary>
    protected static Task<int> WiderAsync(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>The same in a window of another width, which is set back.</summary>
    protected static async Task<int> WiderAsync(IPage page, int width)
    {
        var (before, height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        await page.SetViewportSizeAsync(width, height);
        var wider = await WiderAsync(page);
        await page.SetViewportSizeAsync(before, height);
        return wider;
    }
}
