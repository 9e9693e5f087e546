using System.Net;
using Crm.Notifications;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Notifications;

public sealed class MailHeaderTests
{
    [Theory]
    [InlineData("a@example.com\r\nBcc: evil@example.com")]
    [InlineData("a@example.com, evil@example.com")]
    [InlineData("<a@example.com> evil@example.com")]
    [InlineData("\"a\r\nBcc: evil@example.com\"@example.com")]
    [InlineData("a@example.com\n\n.\nRCPT TO:<evil@example.com>")]
    public async Task An_address_that_would_be_more_than_one_is_refused(string email)
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var (browser, _) = await host.SignInAsync();

        var answer = await browser.PostAsync("/people/invite", ("Input.Role", "Member"), ("Input.Email", email));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Empty(host.Mail());
        Assert.Equal(0, await host.ReadAsync(db => db.Invitations.CountAsync()));
    }

    [Fact]
    public async Task Whatever_a_subject_holds_stays_the_subject()
    {
        await using var host = await CrmHost.StartAsync(configure: MailHost.Unreachable);
        var outbox = host.Services.GetRequiredService<Outbox>();

        await outbox.PutAsync("a@example.com", "Join us\r\nBcc: evil@example.com\r\n\r\n<script>", "Hello\n.\nQUIT", TestContext.Current.CancellationToken);

        var mail = Assert.Single(host.Mail());
        Assert.Empty(mail.Bcc);
        Assert.Equal("a@example.com", mail.To.ToString());
        Assert.Contains("Bcc: evil", mail.Subject, StringComparison.Ordinal);
        Assert.Equal("text/plain", mail.Body!.ContentType.MimeType);
    }
}
