using Crm.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Tests.Browser;

public sealed class InPlaceJourney : Journey
{
    [Fact]
    public async Task Enter_saves_Escape_restores_and_the_focus_comes_back()
    {
        var me = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        var project = await Host.AddProjectAsync("Museum", me);
        var page = await OpenAsync(me);
        await page.GotoAsync($"/projects/{project.Id}");
        var name = page.Locator("h1 button");

        await name.PressAsync("Enter");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Never saved");
        await page.Keyboard.PressAsync("Escape");
        await Expect(name).ToBeFocusedAsync();
        await page.Locator("body").ClickAsync(new() { Position = new() { X = 5, Y = 600 } });
        await Expect(name).ToContainTextAsync("Museum");

        await name.PressAsync("Enter");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Harbour Museum");
        await page.Keyboard.PressAsync("Enter");
        await Expect(name).ToContainTextAsync("Harbour Museum");
        await Expect(name).ToBeFocusedAsync();
        await Expect(page.Locator("#live")).ToHaveTextAsync("Name saved");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a description" }).ClickAsync();
        await page.GetByLabel("Description").FillAsync("For the **reopening**");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".field .prose strong")).ToHaveTextAsync("reopening");
        var saved = await Host.ReadAsync(db => db.Projects.SingleAsync());
        Assert.Equal(("Harbour Museum", "For the **reopening**", 3), (saved.Name, saved.Description, saved.Version));
    }

    [Fact]
    public async Task Two_browsers_on_one_project_lose_nobodys_words()
    {
        var ines = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        var tom = await Host.AddPersonAsync("Tom Baker");
        var project = await Host.AddProjectAsync("Museum", ines);
        var hers = await OpenAsync(ines);
        var his = await OpenAsync(tom);
        foreach (var page in new[] { hers, his })
        {
            await page.GotoAsync($"/projects/{project.Id}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add a description" }).ClickAsync();
            await Expect(page.GetByLabel("Description")).ToBeFocusedAsync();
        }

        await hers.GetByLabel("Description").FillAsync("Her words");
        await hers.Keyboard.PressAsync("Control+Enter");
        await Expect(hers.Locator(".field .prose")).ToHaveTextAsync("Her words");
        await his.GetByLabel("Description").FillAsync("His words");
        await his.Keyboard.PressAsync("Control+Enter");
        await Expect(his.Locator(".conflict")).ToContainTextAsync("Inès Moreau changed this");
        await Expect(his.GetByLabel("Description")).ToHaveValueAsync("His words");
        await his.GetByRole(AriaRole.Button, new() { Name = "Put both together" }).ClickAsync();
        await Expect(his.GetByLabel("Description")).ToHaveValueAsync("Her words\n\nHis words");
        await his.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Expect(his.Locator(".field .prose p")).ToHaveTextAsync(["Her words", "His words"]);
        Assert.Equal("Her words\n\nHis words", await Host.ReadAsync(db => db.Projects.Select(p => p.Description).SingleAsync()));
    }

    [Fact]
    public async Task A_session_that_ended_asks_to_sign_in_and_keeps_what_was_typed()
    {
        var me = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        var project = await Host.AddProjectAsync("Museum", me);
        var page = await OpenAsync(me);
        await page.GotoAsync($"/projects/{project.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a description" }).ClickAsync();
        await page.GetByLabel("Description").FillAsync("Words of a long afternoon");
        await Host.ReadAsync(async db => await db.Sessions.ExecuteDeleteAsync());
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync("**/sign-in?returnUrl=*");

        await page.Context.AddCookiesAsync([new() { Name = "crm-session", Value = await Host.SessionCookieAsync(me), Url = Host.Address.ToString() }]);
        await page.GotoAsync($"/projects/{project.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a description" }).ClickAsync();

        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("Words of a long afternoon");
        Assert.Equal("", await Host.ReadAsync(db => db.Projects.Select(p => p.Description).SingleAsync()));
    }
}
