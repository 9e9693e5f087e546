using Microsoft.EntityFrameworkCore;
using static Microsoft.Playwright.Assertions;

namespace Crm.Tests.Browser;

public sealed class NewcomerJourney : Journey
{
    protected override bool SetUp => false;

    [Fact]
    public async Task Sets_up_creates_a_project_and_types_ten_tasks_without_the_mouse()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("Name of the workspace").FillAsync("Northlight Studio");
        await page.GetByLabel("Your name").FillAsync("Inès Moreau");
        await page.GetByLabel("E-mail").FillAsync("ines@example.com");
        await page.GetByLabel("Password").FillAsync("harbour lights at dawn");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Create a project" }).PressAsync("Enter");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Harbour Museum site");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("New task").FocusAsync();
        for (var i = 1; i <= 10; i++)
        {
            await page.Keyboard.TypeAsync($"Task number {i}");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByLabel("New task")).ToHaveValueAsync("");
        }

        await Expect(page.Locator("li.item")).ToHaveCountAsync(10);
        await Expect(page.GetByLabel("New task")).ToBeFocusedAsync();
        await Expect(page.Locator("aside .num").First).ToHaveTextAsync("0 of 10");
        Assert.Equal(
            Enumerable.Range(1, 10).Select(i => $"Task number {i}"),
            await Host.ReadAsync(db => db.Tasks.OrderBy(t => t.Position).Select(t => t.Title).ToListAsync()));
    }
}
