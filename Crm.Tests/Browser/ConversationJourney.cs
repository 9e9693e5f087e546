using Crm.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Tests.Browser;

public sealed class ConversationJourney : Journey
{
    [Fact]
    public async Task Somebody_writes_looks_at_it_posts_mends_and_takes_back_by_keyboard_alone()
    {
        var me = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        var project = await Host.AddProjectAsync("Museum", me);
        var page = await OpenAsync(me);
        await page.GotoAsync($"/projects/{project.Id}");
        var text = page.GetByLabel("Comment", new() { Exact = true });

        await text.FocusAsync();
        await page.Keyboard.TypeAsync("The **designs** are here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).PressAsync("Enter");
        await Expect(page.Locator("#composer-preview strong")).ToHaveTextAsync("designs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write" }).PressAsync("Enter");
        await page.Keyboard.PressAsync("Control+Enter");
        var entry = page.Locator(".entry");
        await Expect(entry.Locator("strong")).ToHaveTextAsync("designs");
        await Expect(text).ToBeFocusedAsync();
        await Expect(text).ToHaveValueAsync("");
        await Expect(page.Locator("#live")).ToHaveTextAsync("Comment posted");

        await entry.Locator("summary").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).PressAsync("Enter");
        await Expect(page.GetByLabel("Edit the comment")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(" at last");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(entry.Locator(".prose")).ToHaveTextAsync("The designs are here at last");
        await Expect(entry.Locator(".head")).ToContainTextAsync("edited");

        await entry.Locator("summary").PressAsync("Enter");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Delete" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(entry.Locator(".prose")).ToHaveTextAsync("The designs are here at last");
    }

    [Fact]
    public async Task A_draft_outlives_a_reload_a_lost_network_and_a_mistake_and_goes_when_it_is_posted()
    {
        var me = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        var project = await Host.AddProjectAsync("Museum", me);
        var page = await OpenAsync(me);
        await page.GotoAsync($"/projects/{project.Id}");
        var text = page.GetByLabel("Comment", new() { Exact = true });

        await text.FillAsync("Half a");
        await page.ReloadAsync();
        await Expect(text).ToHaveValueAsync("Half a");
        await Expect(page.Locator("#composer .draft-note")).ToContainTextAsync("Your unsent draft is back.");

        await page.Context.SetOfflineAsync(true);
        await text.FillAsync("Half a sentence");
        await text.PressAsync("Control+Enter");
        await Expect(page.Locator("#flash")).ToContainTextAsync("Could not reach the server");
        await Expect(text).ToHaveValueAsync("Half a sentence");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(page.Locator("#flash .flash")).ToHaveCountAsync(0);
        await page.Context.SetOfflineAsync(false);

        foreach (var body in new[] { "Bad gateway", "<!DOCTYPE html><html>Bad gateway</html>" })
        {
            await page.RouteAsync("**/comments", route => route.FulfillAsync(new() { Status = 502, ContentType = "text/html", Body = body }));
            await text.PressAsync("Control+Enter");
            await Expect(page.Locator("#flash")).ToContainTextAsync("could not be shown");
            await Expect(text).ToHaveValueAsync("Half a sentence");
            await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
            await page.UnrouteAsync("**/comments");
        }

        await page.ReloadAsync();
        await Expect(text).ToHaveValueAsync("Half a sentence");

        await text.PressAsync("Control+Enter");
        await Expect(page.Locator(".entry .prose")).ToHaveTextAsync("Half a sentence");
        await page.ReloadAsync();
        await Expect(text).ToHaveValueAsync("");
        Assert.Equal(1, await Host.ReadAsync(db => db.Interactions.CountAsync()));
    }

    [Fact]
    public async Task A_draft_belongs_to_the_one_who_typed_it()
    {
        var me = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        var tom = await Host.AddPersonAsync("Tom Baker");
        var project = await Host.AddProjectAsync("Museum", me);
        var page = await OpenAsync(me);
        await page.GotoAsync($"/projects/{project.Id}");
        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync("About Tom");

        await page.Context.ClearCookiesAsync();
        await page.Context.AddCookiesAsync([new() { Name = "crm-session", Value = await Host.SessionCookieAsync(tom), Url = Host.Address.ToString() }]);
        await page.GotoAsync($"/projects/{project.Id}");

        await Expect(page.GetByLabel("Comment", new() { Exact = true })).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_draft_that_somebody_has_overtaken_meets_their_words_before_it_replaces_them()
    {
        var me = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        var project = await Host.AddProjectAsync("Museum", me);
        var page = await OpenAsync(me);
        await page.GotoAsync($"/projects/{project.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a description" }).ClickAsync();
        await page.GetByLabel("Description").FillAsync("Mine");
        var tom = await Host.AddPersonAsync("Tom Baker");
        using var browser = await Host.VisitAsync(tom);
        await browser.PostAsync($"/projects/{project.Id}/fields/description", ("value", "His"), ("version", "1"));

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on writing" }).ClickAsync();
        await Expect(page.GetByLabel("Description")).ToHaveValueAsync("Mine");
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.Locator(".conflict dd")).ToHaveTextAsync(["His", "Mine"]);
        Assert.Equal("His", await Host.ReadAsync(db => db.Projects.Select(p => p.Description).SingleAsync()));
    }

    [Fact]
    public async Task Stars_are_sent_by_the_button_alone()
    {
        var me = await Host.AddPersonAsync("Inès Moreau", Role.Member);
        var project = await Host.AddProjectAsync("Museum", me);
        var page = await OpenAsync(me, width: 390);
        await page.GotoAsync($"/projects/{project.Id}");

        await page.GetByText("Rate this project").PressAsync("Enter");
        await page.GetByRole(AriaRole.Radio, new() { Name = "No rating" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "5 – Excellent" })).ToBeCheckedAsync();
        Assert.Equal(0, await Host.ReadAsync(db => db.Ratings.CountAsync()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send rating" }).PressAsync("Enter");

        await Expect(page.Locator("#ratings .stars").First).ToHaveAttributeAsync("aria-label", "5.0 of 5");
        await Expect(page.GetByText("Change your rating")).ToBeFocusedAsync();
    }
}
