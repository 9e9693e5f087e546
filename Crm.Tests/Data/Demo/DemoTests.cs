using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Crm.Accounts;
using Crm.Data.Demo;
using Crm.Tests.Host;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task It_prints_accounts_that_can_sign_in_with_the_one_password_it_made()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);

        var (code, output, _) = await RunAsync(host, "small");
        var password = output.Split("Password of all of them: ")[1].Trim();

        Assert.Equal(0, code);
        Assert.Equal(["admin", "member", "member", "member", "member", "client"], output.Split('\n').Skip(1).Take(6).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
        using var visitor = await host.VisitAsync();
        var signedIn = await visitor.PostAsync("/sign-in", ("Email", "ines.moreau@northlight.example"), ("Password", password));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, signedIn.Status);
        await using var other = await CrmHost.StartAsync(setUp: false);
        Assert.DoesNotContain(password, (await RunAsync(other, "small")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small")]
    [InlineData("team")]
    [InlineData("large")]
    public async Task It_refuses_a_database_that_holds_anything(string size)
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        await host.AddPersonAsync("Somebody", Role.Client);

        var (code, output, errors) = await RunAsync(host, size);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("holds something already", errors, StringComparison.Ordinal);
        Assert.Equal((1, 0), await host.ReadAsync(async db => (await db.People.CountAsync(), await db.Projects.CountAsync())));
    }

    [Fact]
    public async Task The_small_one_is_the_same_each_time()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        await using var other = await CrmHost.StartAsync(setUp: false);
        await FillAsync(host, DemoSize.Small);
        await FillAsync(other, DemoSize.Small);

        Assert.Equal(await WordsAsync(host), await WordsAsync(other));
    }

    [Fact]
    public async Task The_team_is_the_same_each_time_has_as_much_as_is_measured_with_and_every_row_belongs_somewhere()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        await FillAsync(host, DemoSize.Team);

        var counts = await host.ReadAsync(async db => new[]
        {
            await db.People.CountAsync(),
            await db.Projects.CountAsync(),
            await db.Tasks.CountAsync(),
            await db.Interactions.CountAsync(),
            await db.Changes.CountAsync(c => c.Field != Crm.Timeline.Change.Created),
            await db.Tasks.CountAsync(t => t.CompletedAt > host.Now || t.CreatedAt > host.Now),
            await db.Database.SqlQuery<int>($"SELECT 1 FROM pragma_foreign_key_check").CountAsync(),
        });

        Assert.Equal([50, 200, 50_000, 120_000, 80_000, 0, 0], counts);
        // Measures are compared over years and machines. Whoever changes what the team has, writes down its new fingerprint here.
        Assert.Equal("7B3D823FB89008E7", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(await WordsAsync(host))))[..16]);
    }

    [Fact]
    public async Task The_small_one_has_something_late_something_for_today_and_something_next()
    {
        await using var host = await CrmHost.StartAsync(setUp: false);
        await FillAsync(host, DemoSize.Small);
        var today = DateOnly.FromDateTime(host.Now);

        var due = await host.ReadAsync(db => db.Tasks.Where(t => t.Status != Crm.Tasks.TaskStatus.Done).Select(t => t.DueOn).ToListAsync());

        Assert.Contains(due, d => d < today);
        Assert.Contains(due, d => d == today);
        Assert.Contains(due, d => d > today && d <= today.AddDays(7));
        Assert.Empty(await host.ReadAsync(db => db.Interactions.Where(i => i.CreatedAt > host.Now).ToListAsync()));
    }

    private static Task<string> WordsAsync(CrmHost host) => host.ReadAsync(async db => Lines(
        await db.People.OrderBy(p => p.Id).Select(p => p.Id + p.Email + p.Name).ToListAsync(),
        await db.Projects.OrderBy(p => p.Id).Select(p => p.Name + p.Description + p.DueOn + p.OwnerId).ToListAsync(),
        await db.Tasks.OrderBy(p => p.Id).Select(t => t.Title + t.DueOn + t.AssigneeId + t.Status + t.CreatedAt).ToListAsync(),
        await db.Interactions.OrderBy(p => p.Id).Select(i => i.Body + i.CreatedAt + i.AuthorId).ToListAsync()));

    private static string Lines(params IEnumerable<string>[] lists) => string.Join('\n', lists.SelectMany(l => l));

    private static async Task FillAsync(CrmHost host, DemoSize size)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var accounts = new DemoAccounts(scope.ServiceProvider.GetRequiredService<IPasswordHasher<Person>>());
        var db = scope.ServiceProvider.GetRequiredService<Crm.Data.CrmDb>();
        Assert.True(await DemoCommand.FillAsync(db, size, accounts, host.Now, TestContext.Current.CancellationToken));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(CrmHost host, string size)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var parsed = Program.Commands().Parse(["demo", "--size", size, "--data", host.Folder.Root]);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }
}
