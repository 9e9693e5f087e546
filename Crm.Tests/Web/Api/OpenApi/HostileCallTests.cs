using System.Collections.Concurrent;
using System.Globalization;
using Crm.Accounts;
using Crm.Data.Demo;
using Crm.Tests.Host;
using Microsoft.EntityFrameworkCore;

namespace Crm.Tests.Web.Api.OpenApi;

/// <summary>
/// Every operation of the document, with what it does not expect: a few calls for each, or as many as CRM_HOSTILE_CALLS says.
/// </summary>
public sealed class HostileCallTests
{
    private static readonly int CallsEach = int.Parse(Environment.GetEnvironmentVariable("CRM_HOSTILE_CALLS") ?? "4", CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_call_breaks_an_operation_or_gets_an_answer_that_the_document_does_not_know()
    {
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            foreach (var limit in new[] { "Visits", "Forms", "Reads", "Writes", "Calls", "Uploads", "Heavy" })
            {
                builder.Configuration[$"Limits:{limit}"] = "0";
            }
        });
        var me = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        await host.ReadAsync(db => SampleData.FillAsync(db, me.Id, host.Now));
        var contract = await Contract.OfAsync(host.Services);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        var bad = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var operations = contract.Operations.Where(o => !o.Path.StartsWith(Contract.OfTests, StringComparison.Ordinal)).OrderBy(o => o.Method == "DELETE").ThenBy(o => o.Method != "GET").ToList();
        for (var i = 0; i < operations.Count; i++)
        {
            // The one before may have ended the session, or the person.
            await host.ReadAsync(db => db.People.Where(p => p.Id == me.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.DisabledAt, (DateTime?)null).SetProperty(x => x.Role, Role.Admin)));
            var cookie = await host.SessionCookieAsync(me);
            var calls = Enumerable.Range(i * CallsEach, CallsEach).Select(seed => new HostileCall(contract, operations[i], seed));
            await Parallel.ForEachAsync(calls, TestContext.Current.CancellationToken, async (call, cancel) =>
            {
                using var request = call.Make();
                request.Headers.Add("Cookie", $"crm-session={cookie}");
                request.Headers.Add("Origin", host.Address.GetLeftPart(UriPartial.Authority));
                using var answer = await client.SendAsync(request, cancel);
                var body = await answer.Content.ReadAsByteArrayAsync(cancel);
                statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, n) => n + 1);
                var path = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.AbsolutePath : request.RequestUri.OriginalString;
                var mistakes = contract.Mistakes(request.Method.Method, path, answer, body).Concat((int)answer.StatusCode >= 500 ? ["it broke"] : []);
                foreach (var mistake in mistakes)
                {
                    bad.Add($"{call} {request.RequestUri}: {(int)answer.StatusCode}: {mistake}");
                }
            });
        }

        var counts = string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} times {s.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine(counts);
        Assert.True(bad.IsEmpty, $"{bad.Count} of {counts}:\n{string.Join('\n', bad.Select(b => b[..Math.Min(400, b.Length)]).Order().Take(60))}");

        // Some must have come as far as being carried out, or nothing was tried.
        Assert.True(statuses.Where(s => s.Key < 300 || s.Key == 422).Sum(s => s.Value) > statuses.Values.Sum() / 4, counts);
    }
}
