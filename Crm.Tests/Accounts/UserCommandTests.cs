using Crm.Accounts;
using Crm.Data;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Accounts;

public sealed class UserCommandTests
{
    [Fact]
    public async Task The_first_person_makes_the_workspace_and_signs_in()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);

        var refusal = await AddAsync(host.Folder, "Inès Moreau", "ines@example.com", Role.Admin);

        Assert.Null(refusal);
        Assert.Equal("Crm", await host.ReadAsync(db => db.Workspaces.Select(w => w.Name).SingleAsync()));
        using var visitor = await host.VisitAsync();
        Assert.Equal("/", (await visitor.PostAsync("/sign-in", ("Email", "ines@example.com"), ("Password", CrmHost.Password))).Location);
    }

    [Theory]
    [InlineData("Tom Baker", "tom@example.com", CrmHost.Password, Role.Member, "must be an admin")]
    [InlineData("Tom Baker", "tom@example.com", "password123", Role.Admin, "most common")]
    [InlineData("Tom Baker", "tom", CrmHost.Password, Role.Admin, "not an e-mail address")]
    [InlineData("", "tom@example.com", CrmHost.Password, Role.Admin, "name is needed")]
    public async Task What_cannot_be_is_refused_with_a_sentence_and_changes_nothing(string name, string email, string password, Role role, string words)
    {
        await using var host = await CrmHost.StartAsync(setUp: false);

        var refusal = await AddAsync(host.Folder, name, email, role, password);

        Assert.Contains(words, refusal, StringComparison.Ordinal);
        Assert.Equal((0, 0), await host.ReadAsync(async db => (await db.People.CountAsync(), await db.Workspaces.CountAsync())));
    }

    [Fact]
    public async Task A_taken_address_is_refused()
    {
        await using var host = await CrmHost.StartAsync();
        await host.AddPersonAsync("Tom Baker", email: "tom@example.com");

        var refusal = await AddAsync(host.Folder, "Tom Two", "TOM@example.com", Role.Member);

        Assert.Equal("TOM@example.com has an account already.", refusal);
        Assert.Equal(1, await host.ReadAsync(db => db.People.CountAsync()));
    }

    private static Task<string?> AddAsync(DataFolder folder, string name, string email, Role role, string password = CrmHost.Password) =>
        UserCommand.RunAsync(folder, new NewAccount(name, email, role), () => ValueTask.FromResult<string?>(password), TestContext.Current.CancellationToken);
}
