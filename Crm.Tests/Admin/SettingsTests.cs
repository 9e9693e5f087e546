using System.Net;
using Crm.Admin;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Admin;

public sealed class SettingsTests
{
    [Fact]
    public async Task Saved_settings_hold_for_the_next_page()
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;

        var answer = await admin.PostAsync("/settings", Form());

        Assert.Equal("/settings", answer.Location);
        Assert.Equal("Southlight", (await admin.GetAsync("/settings")).TextOf(".brand span"));
        var workspace = await host.ReadAsync(db => db.Workspaces.SingleAsync());
        Assert.Equal(("Asia/Tokyo", Registration.Open, "https://crm.example"), (workspace.TimeZone, workspace.Registration, workspace.Address));
    }

    [Theory]
    [InlineData("Input.Name", " ")]
    [InlineData("Input.TimeZone", "")]
    [InlineData("Input.Registration", "9")]
    [InlineData("Input.Address", "javascript:alert(1)")]
    [InlineData("Input.Address", "https://crm.example/sub?x")]
    public async Task What_cannot_be_is_refused_beside_its_field(string field, string value)
    {
        await using var host = await CrmHost.StartAsync();
        using var admin = (await host.SignInAsync()).Browser;

        var answer = await admin.PostAsync("/settings", [.. Form().Where(f => f.Name != field), (field, value)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.TextOf($"#{field.Replace('.', '_')}-error"));
        Assert.Equal("Northlight Studio", await host.ReadAsync(db => db.Workspaces.Select(w => w.Name).SingleAsync()));
    }

    private static (string Name, string Value)[] Form() =>
        [("Input.Name", "Southlight"), ("Input.TimeZone", "Asia/Tokyo"), ("Input.Registration", "Open"), ("Input.Address", "https://crm.example/")];
}
