using System.CommandLine;
using System.Net;
using Crm.Data;
using Crm.Web.Configuration;

namespace Crm.Web;

/// <summary><c>health ADDRESS</c>: asks a running program how it is. An image without a shell has nothing else to ask with.</summary>
public sealed class HealthCommand : Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string WrongName = "It answers only to the names in its setting AllowedHosts. Give this command the same setting, in its environment or with --data.";

    private readonly Argument<string> _address = new("ADDRESS") { Description = "Where it is asked, such as http://127.0.0.1:8080/readyz." };

    public HealthCommand()
        : base("health", "Ask a running program how it is. Exits with 0 when it is well.")
    {
        Arguments.Add(_address);
        SetAction((parsed, cancel) => RunAsync(parsed.GetValue(_address)!, DataFolder.Find(parsed.GetValue(CommonOptions.Data)), parsed.InvocationConfiguration, cancel));
    }

    private static async Task<int> RunAsync(string address, DataFolder folder, InvocationConfiguration console, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            await console.Error.WriteLineAsync($"{address} is not an address such as http://127.0.0.1:8080/readyz.");
            return 1;
        }

        // An answer that leads elsewhere says nothing of how the program is.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
        using var question = new HttpRequestMessage(HttpMethod.Get, uri) { Headers = { Host = NameAmong(ConfigurationFile.Read(folder)["AllowedHosts"]) } };
        try
        {
            using var answer = await client.SendAsync(question, cancel);
            var words = (await answer.Content.ReadAsStringAsync(cancel)).Trim();
            await console.Output.WriteLineAsync($"{(int)answer.StatusCode} {(answer.StatusCode == HttpStatusCode.BadRequest && words.Length == 0 ? WrongName : words)}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync($"{uri} does not answer: {e.Message}");
            return 1;
        }
    }

    /// <summary>A program that answers to its own names only must be asked by one of them.</summary>
    /// <param name="allowed">The setting <c>AllowedHosts</c>.</param>
    internal static string? NameAmong(string? allowed) =>
        allowed?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()?.Replace("*", "health", StringComparison.Ordinal);
}
