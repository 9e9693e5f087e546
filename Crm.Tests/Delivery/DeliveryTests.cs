using System.Globalization;
using System.Text.RegularExpressions;
using Crm.Tests.Docs;
using Crm.Web;

namespace Crm.Tests.Delivery;

/// <summary>What the files that bring the program somewhere say of the same thing.</summary>
public sealed class DeliveryTests
{
    private static readonly string Dockerfile = Read("Dockerfile");
    private static readonly string Fly = Read("fly.toml");
    private static readonly string Guide = Read("Crm/Docs/deployment.md");

    [Fact]
    public void Container_and_Fly_agree_on_port_health_and_data()
    {
        var port = Word(Dockerfile, @"^ENV ASPNETCORE_HTTP_PORTS=(?<word>\d+)$");
        var data = Word(Dockerfile, @"^ENV CRM_DATA=(?<word>\S+)$");

        Assert.Equal(port, Word(Fly, @"^  internal_port = (?<word>\d+)$"));
        Assert.Equal(port, Word(Fly, @"^  port = (?<word>\d+)$"));
        Assert.Equal(port, Word(Dockerfile, @"^EXPOSE (?<word>\d+)$"));
        Assert.Equal($"http://127.0.0.1:{port}{Word(Fly, @"^    path = ""(?<word>\S+)""$")}", Word(Dockerfile, @"^HEALTHCHECK .*""health"", ""(?<word>[^""]+)"""));
        Assert.Equal(data, Word(Fly, @"^  destination = ""(?<word>\S+)""$"));
        Assert.Equal(data, Word(Dockerfile, @"^VOLUME (?<word>\S+)$"));
        Assert.Contains($"crm:{data}\n", Guide, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_and_workflows_have_the_version_of_Net_that_the_program_is_built_for()
    {
        var version = Word(Read(".build.props"), "<TargetFramework>net(?<word>[0-9.]+)</TargetFramework>");

        Assert.All(Words(Dockerfile, @"dotnet/(sdk|aspnet):(?<word>[0-9.]+)-"), word => Assert.Equal(version, word));
        Assert.All(Workflows().SelectMany(file => Words(file, @"dotnet-version: (?<word>\S+)\.x")), word => Assert.Equal(version, word));
    }

    [Fact]
    public void Whoever_stops_the_program_waits_until_its_requests_have_ended()
    {
        var waits = Words(Fly, @"^kill_timeout = (?<word>\d+)$").Concat(Words(Guide, @"(TimeoutStopSec=|stop_grace_period: |--time )(?<word>\d+)")).Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToList();

        Assert.InRange(waits.Count, 4, 100);
        Assert.All(waits, seconds => Assert.InRange(seconds, (int)CommandLine.LongestStop.TotalSeconds, 300));
    }

    [Fact]
    public void Workflows_run_only_what_was_pinned()
    {
        var used = Workflows().SelectMany(file => Words(file, @"uses: (?<word>.+)$")).ToList();

        Assert.All(used, action => Assert.Matches(@"^(\./\.github/workflows/\w+\.yml|[\w./-]+@[0-9a-f]{40} # v?[\d.]+)$", action));
        Assert.InRange(used.Count, 20, 1_000);
    }

    private static IEnumerable<string> Workflows() => Directory.EnumerateFiles(Path.Combine(Repository.Root, ".github", "workflows")).Select(File.ReadAllText);

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    private static string Word(string text, string pattern) => Assert.Single(Words(text, pattern));

    private static IReadOnlyList<string> Words(string text, string pattern) =>
        [.. Regex.Matches(text, pattern, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["word"].Value)];
}
