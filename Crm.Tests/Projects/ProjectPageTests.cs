using System.Net;
using Crm.Accounts;
using Crm.Projects;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Projects;

public sealed class ProjectPageTests
{
    [Fact]
    public async Task A_new_project_opens_with_its_maker_as_owner_and_member()
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, me) = await host.SignInAsync();

        var created = await browser.PostAsync("/projects/new", ("Input.Name", "  Harbour Museum site "), ("Input.DueOn", "2026-07-01"));
        var page = await browser.GetAsync(created.Location!);

        Assert.Equal(HttpStatusCode.Found, created.Status);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Harbour Museum site", page.TextOf("h1 .shown"));
        var project = await host.ReadAsync(db => db.Projects.Include(p => p.Members).SingleAsync());
        Assert.Equal(me.Id, project.OwnerId);
        Assert.Equal(new DateOnly(2026, 7, 1), project.DueOn);
        Assert.Equal([me.Id], project.Members.Select(m => m.PersonId));
    }

    [Theory]
    [InlineData("", "2026-07-01", "Name is needed.")]
    [InlineData("A\u0007B", "2026-07-01", "Name holds a character that cannot be shown. Please take it out.")]
    [InlineData("Museum", "2025-01-01", "The due date lies before the start.")]
    [InlineData("Museum", "soon", "The value 'soon' is not valid for Due date.")]
    public async Task What_cannot_be_is_said_beside_the_field_and_the_text_is_kept(string name, string due, string message)
    {
        await using var host = await CrmHost.StartAsync();
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.PostAsync(
            "/projects/new", ("Input.Name", name), ("Input.Description", "For the reopening"), ("Input.StartsOn", "2026-06-01"), ("Input.DueOn", due));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(message, answer.TextOf(".error"));
        Assert.Equal("For the reopening", answer.TextOf("textarea"));
        Assert.Equal(0, await host.ReadAsync(db => db.Projects.CountAsync()));
    }
}
