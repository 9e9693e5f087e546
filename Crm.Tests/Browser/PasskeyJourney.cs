using Crm.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.Tests.Browser;

public sealed class PasskeyJourney : Journey
{
    [Fact]
    public async Task Makes_a_passkey_signs_in_with_it_alone_and_confirms_with_it()
    {
        var person = await Host.AddPersonAsync("Inès Moreau", Role.Admin);
        // A passkey belongs to a name, not to a number.
        var address = $"http://localhost:{Host.Address.Port}";
        var page = await OpenAsync();
        await AddAuthenticatorAsync(page);
        await SignInAsync(page, address, person);

        await page.GotoAsync(address + "/profile/security/passkeys/new");
        await page.GetByLabel("Name").FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your recovery codes" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Work laptop" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync(address + "/sign-in?returnUrl=/projects");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync(address + "/projects");
        var session = await Host.ReadAsync(db => db.Sessions.SingleAsync());
        Assert.Equal((SignInMethod.Passkey, true), (session.Method, session.HasSecondFactor));

        Host.Time.Advance(TimeSpan.FromMinutes(11));
        await page.GotoAsync(address + "/profile/security/authenticator");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await page.WaitForURLAsync(address + "/profile/security/authenticator");

        await page.GotoAsync(address + "/profile/security");
        await page.GetByRole(AriaRole.Link, new() { Name = "Work laptop" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey" }).ClickAsync();
        await page.WaitForURLAsync(address + "/profile/security");
        Assert.Equal((0, false), await Host.ReadAsync(async db => (await db.UserPasskeys.CountAsync(), await db.People.AnyAsync(p => p.TwoFactorEnabled))));
    }

    private static async Task SignInAsync(IPage page, string address, Person person)
    {
        await page.GotoAsync(address + "/sign-in");
        await page.GetByLabel("E-mail").FillAsync(person.Email!);
        await page.GetByLabel("Password").FillAsync(Tests.Host.CrmHost.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address + "/");
    }

    /// <summary>A device that keeps passkeys and whose owner says yes.</summary>
    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
