using System.Runtime.CompilerServices;
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
        foreach (var (name, address, width) in new[]
        {
            ("today", "/", 1280), ("project", $"/projects/{project}", 1280), ("board", $"/projects/{project}/board", 1280), ("phone", $"/projects/{project}", 390),
        })
        {
            var page = await OpenAsync(me, width: width, height: width == 390 ? 844 : 900, scheme: scheme);
            await page.GotoAsync(address);
            var picture = await page.ScreenshotAsync();
            Assert.True(picture.Length > 10_000, $"The picture of {address} is empty.");
            await KeepAsync($"{name}-{scheme.ToString().ToLowerInvariant()}.png", picture);
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
