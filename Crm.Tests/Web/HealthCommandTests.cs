using System.CommandLine;
using Crm.Tests.Host;
using Crm.Web;

namespace Crm.Tests.Web;

public sealed class HealthCommandTests
{
    [Fact]
    public async Task A_program_that_is_well_is_told_by_the_exit_code()
    {
        await using var host = await CrmHost.StartAsync();

        Assert.Equal((0, "200 ok\n", ""), await AskAsync(new Uri(host.Address, "/healthz").ToString()));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    public async Task An_answer_that_is_none_or_leads_elsewhere_is_not_well(string path)
    {
        await using var host = await CrmHost.StartAsync();

        var (code, output, _) = await AskAsync(new Uri(host.Address, path).ToString());

        Assert.Equal(1, code);
        Assert.Matches("^[34]", output);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/healthz", "does not answer")]
    [InlineData("readyz", "is not an address")]
    [InlineData("file:///etc/passwd", "is not an address")]
    public async Task Where_nobody_answers_it_says_so_in_a_sentence(string address, string words)
    {
        var (code, output, errors) = await AskAsync(address);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("crm.example; other.example", "crm.example")]
    [InlineData("*.crm.example", "health.crm.example")]
    public void A_program_with_names_of_its_own_is_asked_by_one_of_them(string? allowed, string? name) => Assert.Equal(name, HealthCommand.NameAmong(allowed));

    [Fact]
    public async Task One_that_does_not_know_the_name_is_asked_for_it()
    {
        await using var host = await CrmHost.StartAsync(configure: builder => builder.Configuration["AllowedHosts"] = "crm.example");

        var (code, output, _) = await AskAsync($"{host.Address}readyz");

        Assert.Equal(1, code);
        Assert.StartsWith("400 It answers only to the names in its setting AllowedHosts.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_those_names_where_the_program_does()
    {
        await using var host = await CrmHost.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(host.Folder.Root, "appsettings.json"), """{ "AllowedHosts": "crm.example" }""", TestContext.Current.CancellationToken);

        Assert.Equal("crm.example", HealthCommand.NameAmong(Crm.Web.Configuration.ConfigurationFile.Read(host.Folder)["AllowedHosts"]));
    }

    private static async Task<(int Code, string Output, string Errors)> AskAsync(string address)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        var code = await CommandLine.RunAsync(Program.Commands(), ["health", address], new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
