using Crm.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Tests.Browser;

public sealed class WithoutJavaScriptJourney : Journey
{
    protected override bool SetUp => false;

    [Fact]
    public async Task Everything_but_dragging_and_the_preview_works()
    {
        var page = await OpenAsync(javaScript: false);
        await page.GotoAsync("/");
        await page.GetByLabel("Name of the workspace").FillAsync("Northlight Studio");
        await page.GetByLabel("Your name").FillAsync("Inès Moreau");
        await page.GetByLabel("E-mail").FillAsync("ines@example.com");
        await page.GetByLabel("Password").FillAsync("harbour lights at dawn");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await CreateProjectAsync(page);
        await WorkOnTasksAsync(page);
        await TalkAndRateAsync(page);

        var task = await Host.ReadAsync(db => db.Tasks.OrderBy(t => t.Id).FirstAsync());
        Assert.Equal((Crm.Tasks.TaskStatus.Review, new DateOnly(2026, 6, 1)), (task.Status, task.DueOn));
        Assert.Equal("For the reopening", await Host.ReadAsync(db => db.Projects.Select(p => p.Description).SingleAsync()));
        Assert.Equal("Hello, mended", await Host.ReadAsync(db => db.Interactions.Select(i => i.Body).SingleAsync()));
        Assert.Equal(4, await Host.ReadAsync(db => db.Ratings.Select(r => r.Stars).SingleAsync()));
        Assert.Equal(Role.Admin, await Host.ReadAsync(db => db.People.Select(p => p.Role).SingleAsync()));
    }

    private static async Task CreateProjectAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Create a project" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Museum");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create project" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a description" }).ClickAsync();
        await page.GetByLabel("Description").FillAsync("For the reopening");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator(".field .prose")).ToHaveTextAsync("For the reopening");
    }

    private static async Task WorkOnTasksAsync(IPage page)
    {
        foreach (var title in new[] { "Ticket checkout", "Opening hours" })
        {
            await page.GetByLabel("New task").FillAsync(title);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = title })).ToBeVisibleAsync();
        }

        var row = page.Locator("li.item", new() { HasText = "Ticket checkout" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Add a date" }).ClickAsync();
        await page.GetByLabel("Due").FillAsync("2026-06-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GotoAsync("/projects/1/board");
        await page.Locator("li.card-item", new() { HasText = "Ticket checkout" }).Locator("details.menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Move, archive or delete" }).Filter(new() { Visible = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Review" }).ClickAsync();
        await Expect(page.Locator("section.column", new() { HasText = "Review" }).Locator("li.card-item")).ToContainTextAsync("Ticket checkout");
    }

    private static async Task TalkAndRateAsync(IPage page)
    {
        await page.GotoAsync("/projects/1");
        await page.Locator(".composer textarea").FillAsync("Hello");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post" }).ClickAsync();
        await page.Locator("article.entry details.menu summary").ClickAsync();
        await page.Locator("article.entry").GetByText("Edit").ClickAsync();
        await page.Locator("form:has(button:text('Save')) textarea").FillAsync("Hello, mended");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("article.entry .prose")).ToHaveTextAsync("Hello, mended");
        await page.GetByText("Rate this project").ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "4 –" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send rating" }).ClickAsync();
        await Expect(page.Locator("#ratings .stars").First).ToHaveAttributeAsync("aria-label", "4.0 of 5");
    }
}
