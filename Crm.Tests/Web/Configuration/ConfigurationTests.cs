using System.CommandLine;
using Crm.Data;
using Crm.Tests.Host;
using Crm.Web;
using Crm.Web.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Crm.Tests.Web.Configuration;

public sealed class ConfigurationTests : IDisposable
{
    private readonly DataFolder _folder = new(Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():N}"));

    public ConfigurationTests() => _folder.Create();

    public void Dispose() => Directory.Delete(_folder.Root, recursive: true);

    [Theory]
    [InlineData("--Limits:Reads=abc", "Limits:Reads: 'abc' is no whole number.")]
    [InlineData("--Limits:Reads=-5", "Limits:Reads must be at least 0, and is '-5'.")]
    [InlineData("--AllowedHosts=*.crm.example;https://crm.example", "AllowedHosts: 'https://crm.example' is no host name. Write it as crm.example.")]
    [InlineData("--Mail:Port=99999", "Mail:Port must be from 0 to 65535, and is '99999'.")]
    [InlineData("--Mail:Hots=mail.example", "Mail:Hots is no setting. Did you mean Mail:Host?")]
    [InlineData("--Mail:Host=mail.example", "Mail:From is needed where Mail:Host is set.")]
    [InlineData("--Mail:From=nobody", "Mail:From must be an address such as 'Northlight Studio <crm@northlight.example>', and is 'nobody'.")]
    [InlineData("--Mail:Security=Tls", "Mail:Security: 'Tls' is none of None, Auto, SslOnConnect, StartTls, StartTlsWhenAvailable.")]
    [InlineData("--Backups:Enabled=no", "Backups:Enabled: 'no' is neither true nor false.")]
    [InlineData("--Health:OldestMessage=soon", "Health:OldestMessage: 'soon' is no time such as 0:30:00.")]
    [InlineData("--Requests:SlowMilliseconds=0", "Requests:SlowMilliseconds must be at least 1, and is '0'.")]
    [InlineData("--Oidc:Authority=https://id.example", "Oidc:ClientId is needed where Oidc:Authority is set.")]
    [InlineData("--Proxy:Networks=10.0.0.1/99", "Proxy:Networks: '10.0.0.1/99' is no network. Write it as 10.0.0.0/8.")]
    [InlineData("--Proxy:Adresses=10.0.0.1", "Proxy:Adresses is no setting. Did you mean Proxy:Addresses?")]
    [InlineData("--PublicUrl=crm.example", "PublicUrl: 'crm.example' is no address. Write it as https://crm.example.")]
    [InlineData("--AllowNetworkFolder=1", "AllowNetworkFolder: '1' is neither true nor false.")]
    [InlineData("--urls=localhost:8080", "urls: 'localhost:8080' is no address to listen at. Write it as http://127.0.0.1:8080.")]
    [InlineData("--urls=http://127.0.0.1:99999", "urls: 'http://127.0.0.1:99999' is no address to listen at. Write it as http://127.0.0.1:8080.")]
    [InlineData("--Logging:LogLevel:Default=Loud", "Logging:LogLevel:Default: 'Loud' is none of Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("--Logging:Console:FormatterName=xml", "Logging:Console:FormatterName: 'xml' is none of simple, json, systemd.")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=collector", "OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' is no address. Write it as http://127.0.0.1:4317.")]
    [InlineData("--ulrs=http://127.0.0.1:0", "There is no option '--ulrs'. Did you mean --urls? --help lists those that there are.")]
    [InlineData("--dta=x", "There is no option '--dta'. Did you mean --data? --help lists those that there are.")]
    [InlineData("--zzzzzzzz", "There is no option '--zzzzzzzz'. --help lists those that there are.")]
    [InlineData("--Mail:Host", "The option '--Mail:Host' needs a value: --Mail:Host=VALUE.")]
    [InlineData("-u", "'-u' is no option: options begin with two dashes.")]
    public async Task What_cannot_be_is_said_in_a_sentence_and_nothing_is_started(string option, string sentence)
    {
        var (code, output, errors) = await RunAsync("serve", option);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal([sentence, "Nothing was started."], errors);
        Assert.False(File.Exists(_folder.Database));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_wherever_it_stands()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Root, "appsettings.json"), """{ "Mial": { "Host": "x" }, "Limits": { "Reads": "many" } }""", TestContext.Current.CancellationToken);

        var (code, _, errors) = await RunAsync("--PublicUrl", "crm", "--nothing-like-that", "--Proxy:Addresses=caddy,traefik");

        Assert.Equal(1, code);
        Assert.Equal(
            [
                "There is no option '--nothing-like-that'. --help lists those that there are.",
                "appsettings.json: Mial is no setting.",
                "Limits:Reads: 'many' is no whole number.",
                "Proxy:Addresses: 'caddy' is no address.",
                "Proxy:Addresses: 'traefik' is no address.",
                "PublicUrl: 'crm' is no address. Write it as https://crm.example.",
                "Nothing was started.",
            ],
            errors.Select(e => e.Replace(_folder.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_is_broken_is_named_with_the_line()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Root, "appsettings.json"), "{\n  \"Mail\": {\n", TestContext.Current.CancellationToken);

        var (code, _, errors) = await RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("appsettings.json", errors[0], StringComparison.Ordinal);
        Assert.Contains("LineNumber: 2", errors[0], StringComparison.Ordinal);
        Assert.DoesNotContain(errors, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_in_a_sentence()
    {
        await using var other = await CrmHost.StartAsync();

        var (code, _, errors) = await RunAsync("--urls", other.Address.ToString());

        Assert.Equal(1, code);
        Assert.Contains("address already in use", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_said_in_a_sentence()
    {
        // https://www.rfc-editor.org/rfc/rfc5737: nobody's.
        var (code, _, errors) = await RunAsync("--urls", "http://192.0.2.1:5000");

        Assert.Equal(1, code);
        Assert.Matches("^It cannot listen as urls, Kestrel and the ports say: .* Nothing was started.$", Assert.Single(errors));
    }

    [Theory]
    [InlineData("serve", 0, "")]
    [InlineData("check", 130, "Stopped before it was done.\n")]
    public async Task Who_ends_a_program_or_a_command_before_it_is_done_gets_no_trace(string command, int expected, string words)
    {
        var errors = new StringWriter { NewLine = "\n" };
        var commands = Program.Commands();
        commands.Subcommands.Single(c => c.Name == command).SetAction((Func<ParseResult, CancellationToken, Task<int>>)((_, _) => throw new TaskCanceledException()));

        var code = await CommandLine.RunAsync(commands, [command], new InvocationConfiguration { Error = errors });

        Assert.Equal((expected, words), (code, errors.ToString()));
    }

    [Fact]
    public async Task A_data_folder_without_a_name_is_none()
    {
        var errors = new StringWriter { NewLine = "\n" };

        var code = await CommandLine.RunAsync(Program.Commands(), ["check", "--data", ""], new InvocationConfiguration { Error = errors });

        Assert.Equal((1, "--data names no folder.\n"), (code, errors.ToString()));
    }

    [Fact]
    public void The_file_in_the_data_folder_counts_less_than_the_environment()
    {
        var sources = ((IConfigurationBuilder)ConfigurationFile.Builder(_folder, []).Configuration).Sources.ToList();
        var file = sources.FindIndex(s => s is JsonConfigurationSource json && json.Path == "appsettings.json" && json.FileProvider is PhysicalFileProvider files && files.Root.TrimEnd('/') == _folder.Root);

        var after = sources.Skip(file + 1).OfType<EnvironmentVariablesConfigurationSource>().Select(s => s.Prefix ?? "");

        Assert.InRange(file, 0, sources.Count - 3);
        Assert.Equal(["ASPNETCORE_", ""], after);
    }

    [Theory]
    [InlineData("chekc", "There is no command 'chekc'.")]
    [InlineData("check --mnd", "'check' takes no '--mnd'. Did you mean --mend?")]
    [InlineData("user add --email ines@crm.example --name Inès", "Option '--password-stdin' is required.")]
    public async Task A_slip_in_a_command_is_not_taken_for_a_setting(string line, string words)
    {
        var (code, _, errors) = await RunAsync(line.Split(' '));

        Assert.Equal(1, code);
        Assert.Contains(words, errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_in_the_data_folder_counts_less_than_the_command_line()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Root, "appsettings.json"), """{ "Limits": { "Reads": 7, "Writes": 8 }, "Backups": { "Enabled": false } }""", TestContext.Current.CancellationToken);

        await using var app = Program.Build(_folder, ["--urls", "http://127.0.0.1:0", "--Limits:Writes=9"]);

        var settings = app.Services.GetRequiredService<IConfiguration>();
        Assert.Equal(("7", "9", "False"), (settings["Limits:Reads"], settings["Limits:Writes"], settings["Backups:Enabled"]));
    }

    [Fact]
    public async Task Help_names_the_data_folder_the_address_and_where_settings_are_told()
    {
        var (code, root, _) = await RunAsync("--help");
        var (_, serve, _) = await RunAsync("serve", "--help");

        Assert.Equal(0, code);
        foreach (var words in new[] { "--data", "--urls", "Examples", "configuration.md", "backup", "restore", "check" })
        {
            Assert.Contains(words, root, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("additional arguments", root + serve, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("--urls", serve, StringComparison.Ordinal);
        Assert.Contains("Examples", serve, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, IReadOnlyList<string> Errors)> RunAsync(params string[] words)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(Program.Commands(), [.. words, "--data", _folder.Root], new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
