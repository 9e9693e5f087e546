using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts;

public sealed class ProfileTests
{
    [Fact]
    public async Task Everybody_sets_their_own_name_zone_and_colours()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync(Role.Client);
        using var _1 = browser;

        await browser.PostAsync("/profile", ("Input.Name", "Inès M."), ("Input.TimeZone", "Europe/Paris"), ("Input.Theme", "Dark"));

        var page = await browser.GetAsync("/profile");
        Assert.Equal("dark", page.Html.DocumentElement.GetAttribute("data-theme"));
        Assert.Equal("Inès M.", page.Html.QuerySelector("#Input_Name")!.GetAttribute("value"));
        Assert.Equal("Europe/Paris", page.Html.QuerySelector("#Input_TimeZone option[selected]")!.GetAttribute("value"));
        var changes = await host.ReadAsync(db => db.Changes.Where(c => c.Field != Crm.Timeline.Change.Created).ToListAsync());
        Assert.Equal(
            [("Name", "Inès Moreau", "Inès M."), ("Theme", "System", "Dark"), ("TimeZone", null, "Europe/Paris")],
            changes.OrderBy(c => c.Field, StringComparer.Ordinal).Select(c => (c.Field, c.From, c.To)));
    }

    [Theory]
    [InlineData("Input.Name", "")]
    [InlineData("Input.TimeZone", "Nowhere/Here")]
    [InlineData("Input.Theme", "Pink")]
    [InlineData("Input.Theme", "7")]
    public async Task What_cannot_be_is_refused_beside_its_field(string field, string value)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();
        using var _1 = browser;
        (string Name, string)[] form = [("Input.Name", "Other"), ("Input.TimeZone", ""), ("Input.Theme", "Dark")];

        var answer = await browser.PostAsync("/profile", [.. form.Where(f => f.Name != field), (field, value)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.TextOf($"#{field.Replace('.', '_')}-error"));
        var person = await host.ReadAsync(db => db.People.SingleAsync());
        Assert.Equal(("Inès Moreau", Theme.System), (person.Name, person.Theme));
    }
}
