using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Web;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class SetUpTests
{
    [Fact]
    public async Task A_fresh_installation_leads_everybody_to_the_set_up_page()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        using var visitor = await host.VisitAsync();

        var start = await visitor.GetAsync("/projects");
        var page = await visitor.GetAsync("/set-up");

        Assert.Equal("/set-up", start.Location);
        Assert.Equal("Set up your workspace", page.TextOf("h1"));
        Assert.Equal(TimeZones.Here, page.Html.QuerySelector("option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Whoever_sets_up_is_admin_and_signed_in()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        using var visitor = await host.VisitAsync();

        var answer = await visitor.PostAsync("/set-up", Form());

        Assert.Equal("/", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/profile")).Status);
        var (workspace, person) = await host.ReadAsync(async db => (await db.Workspaces.SingleAsync(), await db.People.SingleAsync()));
        Assert.Equal(("Northlight Studio", "Europe/Paris"), (workspace.Name, workspace.TimeZone));
        Assert.Equal(("Inès Moreau", Role.Admin), (person.Name, person.Role));
    }

    [Fact]
    public async Task The_page_is_gone_afterwards()
    {
        await using var host = await CrmHost.StartAsync();
        using var visitor = await host.VisitAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/set-up")).Status);
        Assert.Equal("/sign-in", (await visitor.PostAsync("/set-up", Form())).Location);
        Assert.Equal(0, await host.ReadAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task Of_two_who_set_up_at_once_one_is_told_to_sign_in()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        using var one = await host.VisitAsync();
        using var other = await host.VisitAsync();

        var answers = await Task.WhenAll(one.PostAsync("/set-up", Form("ines@example.com")), other.PostAsync("/set-up", Form("tom@example.com")));

        Assert.Equal(["/", "/sign-in"], answers.Select(a => a.Location).Order());
        Assert.Equal((1, 1, 1), await host.ReadAsync(async db => (await db.Workspaces.CountAsync(), await db.People.CountAsync(), await db.Sessions.CountAsync())));
    }

    [Theory]
    [InlineData("Input.Workspace", "")]
    [InlineData("Input.Workspace", "a\u0007b")]
    [InlineData("Input.TimeZone", "Mars/Olympus")]
    [InlineData("Input.Name", "")]
    [InlineData("Input.Email", "ines")]
    [InlineData("Input.Email", "ines@example.com, tom@example.com")]
    [InlineData("Input.Password", "short")]
    [InlineData("Input.Password", "Password123")]
    [InlineData("Input.Password", "INES@example.com")]
    public async Task A_mistake_is_named_beside_its_field_and_nothing_is_made(string field, string value)
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        using var visitor = await host.VisitAsync();

        var answer = await visitor.PostAsync("/set-up", [.. Form().Where(f => f.Name != field), (field, value)]);

        var id = field.Replace('.', '_');
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Single(answer.Html.QuerySelectorAll(".error"));
        Assert.NotEqual("", answer.TextOf($"#{id}-error"));
        Assert.Single(answer.Html.QuerySelectorAll("[autofocus]"));
        Assert.Equal(0, await host.ReadAsync(db => db.People.CountAsync()));
    }

    private static (string Name, string Value)[] Form(string email = "ines@example.com") =>
    [
        ("Input.Workspace", "Northlight Studio"),
        ("Input.TimeZone", "Europe/Paris"),
        ("Input.Name", "Inès Moreau"),
        ("Input.Email", email),
        ("Input.Password", CrmHost.Password),
    ];
}
