using System.Diagnostics;
using Microsoft.Playwright;

namespace Crm.Tests.Browser;

/// <summary>
/// The one browser that all journeys share. An installed one is taken first, then Playwright's own is fetched, then Debian's
/// package.
/// </summary>
internal static class Chromium
{
    private static readonly string[] Installed =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    // A browser that looks for updates and its maker's servers is slow where they cannot be reached.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
    ];

    private static readonly Lazy<Task<IBrowser>> Shared = new(LaunchAsync);

    public static Task<IBrowser> GetAsync() => Shared.Value;

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var path = Environment.GetEnvironmentVariable("CRM_TEST_BROWSER") ?? Array.Find(Installed, File.Exists);
        path ??= FetchPlaywrights(playwright) ?? await InstallDebiansAsync();
        return path is null
            ? throw new InvalidOperationException(
                "The browser tests found no Chromium or Chrome, and could install none. Install one, or name its program in CRM_TEST_BROWSER.")
            : await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    private static string? FetchPlaywrights(IPlaywright playwright) =>
        File.Exists(playwright.Chromium.ExecutablePath) || Microsoft.Playwright.Program.Main(["install", "--with-deps", "chromium"]) == 0
            ? playwright.Chromium.ExecutablePath
            : null;

    private static async Task<string?> InstallDebiansAsync()
    {
        if (!File.Exists("/usr/bin/apt-get"))
        {
            return null;
        }

        using var apt = Process.Start("/bin/sh", ["-c", "apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium"]);
        await apt.WaitForExitAsync();
        return Array.Find(Installed, File.Exists);
    }
}
