using System.Net;
using Crm.Projects;
using Crm.Tests.Host;
using Crm.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Webhooks;

public sealed class TargetTests
{
    private static readonly (string Url, string Words)[] Refused =
    [
        ("http://example.com/", "https"),
        ("ftp://example.com/", "Write the address like"),
        ("example.com", "Write the address like"),
        ("https://", "Write the address like"),
        ("/etc/passwd", "Write the address like"),
        ("https://me:secret@example.com/", "no name or password"),
        ("https://example.com/#part", "no part after"),
        ("https://127.0.0.1/", "refused"),
        ("https://2130706433/", "refused"),
        ("https://0x7f.1/", "refused"),
        ("https://0177.0.0.1/", "refused"),
        ("https://127.1:8443/", "refused"),
        ("https://１２７.０.０.１/", "refused"),
        ("https://[::1]/", "refused"),
        ("https://[::ffff:169.254.169.254]/", "refused"),
        ("https://localhost/", "refused"),
        ("https://LOCALHOST./", "refused"),
        ("https://crm.localhost/", "refused"),
        ("https://metadata.google.internal/", "refused"),
        ("https://printer/", "refused"),
        ("https://nas.local/", "refused"),
    ];

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.8.8.8")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.168.0.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::8.8.8.8")]
    [InlineData("2001:0:53aa:64c:0:0:0:1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Of_this_machine_private_networks_and_metadata_services_nothing_is_public(string address) => Assert.False(PublicNetwork.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    public void All_else_is(string address) => Assert.True(PublicNetwork.Holds(IPAddress.Parse(address)));

    [Fact]
    public async Task An_address_that_leads_nowhere_or_inside_is_refused_and_nothing_is_saved()
    {
        await using var host = await WebhookHost.StartAsync(allowPrivate: false);
        var (webhook, _) = await host.AddWebhookAsync("https://example.com/");
        var (browser, _) = await host.SignInAsync();
        foreach (var (url, words) in Refused)
        {
            var made = await browser.PostAsync("/webhooks/new", ("Input.Name", "Mirror"), ("Input.Url", url), ("Input.Everything", "true"));
            var changed = await browser.PostAsync($"/webhooks/{webhook.Id}/edit", ("Input.Name", "Mirror"), ("Input.Url", url), ("Input.Everything", "true"));

            Assert.Equal((url, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (made.ValueOf("Input.Url"), made.Status, changed.Status));
            Assert.Contains(words, made.TextOf("#Input_Url-error"), StringComparison.Ordinal);
        }

        Assert.Equal("https://example.com/", await host.ReadAsync(db => db.Webhooks.Select(w => w.Url).SingleAsync()));
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_when_it_is_connected_to_also_when_it_led_outside_before_or_does_so_too()
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        await using var host = await WebhookHost.StartAsync(allowPrivate: false, configure: builder => builder.Services.AddSingleton<ResolveHost>((_, _) =>
            Task.FromResult<IPAddress[]>(++asked == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("203.0.114.7"), IPAddress.Loopback])));
        await host.AddWebhookAsync($"https://hooks.example:{receiver.Port}/", "project.created");
        var person = await host.AddPersonAsync("Sam Lee");
        await host.SaveAsync(db => db.Projects.AddRange(Project.Create("One", person.Id, host.Now), Project.Create("Two", person.Id, host.Now)));

        await host.SendDueAsync();

        Assert.Equal(2, asked);
        Assert.Empty(receiver.Received);
        Assert.All(await host.DeliveriesAsync(), d => Assert.StartsWith("hooks.example leads to 127.0.0.1", d.LastError, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_judged_is_connected_to_and_the_name_is_not_asked_once_more()
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        await using var host = await WebhookHost.StartAsync(configure: builder => builder.Services.AddSingleton<ResolveHost>((_, _) =>
            Task.FromResult<IPAddress[]>(++asked == 1 ? [IPAddress.Loopback] : [])));
        await host.AddWebhookAsync($"http://hooks.example:{receiver.Port}/", "project.created");
        var person = await host.AddPersonAsync("Sam Lee");
        await host.SaveAsync(db => db.Projects.Add(Project.Create("One", person.Id, host.Now)));

        await host.SendDueAsync();

        Assert.Equal(1, asked);
        Assert.Equal($"hooks.example:{receiver.Port}", Assert.Single(receiver.Received).Headers["host"]);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var inner = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = Receiver.AnswerWith(HttpStatusCode.TemporaryRedirect, "", ("Location", inner.Url));
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync(receiver.Url, "project.created");
        var person = await host.AddPersonAsync("Sam Lee");
        await host.SaveAsync(db => db.Projects.Add(Project.Create("One", person.Id, host.Now)));

        await host.SendDueAsync();

        Assert.Empty(inner.Received);
        var delivery = Assert.Single(await host.DeliveriesAsync());
        Assert.Equal((DeliveryState.Pending, 307), (delivery.State, delivery.LastStatus));
        Assert.Contains("not followed", delivery.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_said_in_words()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddWebhookAsync("http://127.0.0.1:1/", "project.created");
        var person = await host.AddPersonAsync("Sam Lee");
        await host.SaveAsync(db => db.Projects.Add(Project.Create("One", person.Id, host.Now)));

        await host.SendDueAsync();

        Assert.StartsWith("It could not be reached:", Assert.Single(await host.DeliveriesAsync()).LastError, StringComparison.Ordinal);
    }
}
