using System.Net;
using System.Runtime.CompilerServices;
using Crm.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Crm.Tests.Browser;

/// <summary>
/// Takes the pictures of the documentation. They are written only when <c>CRM_PICTURES</c> is set, so that a test run leaves the
/// tree as it was.
/// </summary>
public sealed class Pictures : Journey
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_documentations_pages_can_be_photographed(ColorScheme scheme)
    {
        var me = await EveryPage.FillAsync(Host);
        var project = await EveryPage.ProjectAsync(Host);
        var task = await Host.ReadAsync(db => db.Tasks.Where(t => t.ProjectId == project).OrderByDescending(t => db.Interactions.Count(i => i.TaskId == t.Id)).Select(t => t.Id).FirstAsync());
        await ChangeAsync(me, project, task);
        var page = await OpenAsync(me, scheme: scheme);
        foreach (var (name, address, width) in new[]
        {
            ("today", "/", 1280), ("project", $"/projects/{project}", 1280), ("board", $"/projects/{project}/board", 1280), ("phone", $"/projects/{project}", 390),
            ("task", $"/tasks/{task}", 1280), ("ratings", $"/projects/{project}/ratings", 1280), ("history", $"/projects/{project}/history", 1280), ("security", "/profile/security", 1280),
        })
        {
            await page.SetViewportSizeAsync(width, width == 390 ? 844 : 900);
            await page.GotoAsync(address);
            var picture = await page.ScreenshotAsync();
            Assert.True(picture.Length > 10_000, $"The picture of {address} is empty.");
            await KeepAsync($"{name}-{scheme.ToString().ToLowerInvariant()}.png", picture);
        }
    }

    /// <summary>A history by people, not only by the sample data.</summary>
    private async Task ChangeAsync(Person me, int project, int task)
    {
        using var mine = await Host.VisitAsync(me);
        using var toms = await Host.VisitAsync(await Host.ReadAsync(db => db.People.FirstAsync(p => p.Name == "Tom Baker")));
        foreach (var (browser, field, value) in new[]
        {
            (mine, $"projects/{project}/fields/due", "2026-07-31"), (toms, $"tasks/{task}/fields/due", "2026-06-12"),
            (toms, $"tasks/{task}/fields/priority", "high"), (mine, $"tasks/{task}/fields/due", "2026-06-05"),
        })
        {
            var version = (await browser.GetAsync($"/{field}")).ValueOf("version")!;
            Assert.Equal(HttpStatusCode.Found, (await browser.PostAsync($"/{field}", ("value", value), ("version", version))).Status);
            Host.Time.Advance(TimeSpan.FromMinutes(7));
        }
    }

    private static async Task KeepAsync(string file, byte[] picture, [CallerFilePath] string source = "")
    {
        if (Environment.GetEnvironmentVariable("CRM_PICTURES") is not null)
        {
            var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../Crm/Docs/pictures"));
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, file), picture);
        }
    }
}
