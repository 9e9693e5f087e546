using System.Net;
using Crm.Accounts;
using Crm.Tests.Host;
using Crm.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounts.Matrix;

/// <summary>
/// Every endpoint, times everybody, times every kind of record: asked over HTTP and compared with the table of
/// <see cref="Permissions"/>. What is not seen is not found, what is seen and not allowed is refused, and neither changes
/// anything nor shows a word of what is not seen.
/// </summary>
public sealed class PermissionMatrixTests
{
    private readonly List<string> _wrong = [];

    [Fact]
    public async Task Nobody_gets_further_than_the_table_says_at_any_endpoint()
    {
        await using var host = await CrmHost.StartAsync(configure: builder =>
        {
            builder.Configuration["Limits:Forms"] = "0";
            // What reads by itself gets in the way of putting back what was there before.
            builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(WebhookWorker)));
        });
        var admin = await host.AddPersonAsync("Inès Moreau", Role.Admin);
        var member = await host.AddPersonAsync("Tom Baker");
        var client = await host.AddPersonAsync("Asta Lind", Role.Client);
        var otherMember = await host.AddPersonAsync("Zqcolleague");
        var otherClient = await host.AddPersonAsync("Zqcompetitor", Role.Client);
        var records = new MatrixRecords(host, admin, member, client, otherMember, otherClient);
        await records.FillAsync();
        await MatrixEntries.AddOthersAsync(host, records, admin, otherMember);
        List<MatrixVisitor> visitors = [];
        foreach (var person in new[] { null, client, member, admin })
        {
            visitors.Add(await MatrixVisitor.ComeAsync(host, person));
        }

        await using var database = await MatrixDatabase.OpenAsync(host);
        var endpoints = await GuardedEndpoint.AllAsync(host);
        foreach (var endpoint in endpoints)
        {
            foreach (var visitor in visitors)
            {
                await TryAsync(endpoint, visitor, records, database);
            }
        }

        visitors.ForEach(v => v.Dispose());
        _wrong.AddRange(MatrixEntries.Left(endpoints).Select(name => $"{name}: there is no such endpoint any more. Take it out of MatrixEntries."));
        Assert.True(_wrong.Count == 0, $"{_wrong.Count} things are not as the table says:\n{string.Join('\n', _wrong.Distinct(StringComparer.Ordinal).Take(60))}");
        Assert.InRange(endpoints.Count, 80, 1_000);
    }

    private async Task TryAsync(GuardedEndpoint endpoint, MatrixVisitor visitor, MatrixRecords records, MatrixDatabase database)
    {
        if (endpoint.Right is null)
        {
            _wrong.Add($"{endpoint.Name}: it does not say what it needs. Put [Needs(Right.…)] on it.");
            return;
        }

        var known = records.ByRoot.GetValueOrDefault(endpoint.Root);
        if (endpoint.TakesId && known is null)
        {
            _wrong.Add($"{endpoint.Name}: the matrix has no record whose id it takes. Add one in MatrixRecords or MatrixEntries.AddOthersAsync.");
            return;
        }

        MatrixRecord?[] tried = !endpoint.TakesId ? [null] : visitor.Person is null ? [known![0]] : [.. known!];
        foreach (var record in tried)
        {
            var (address, missing) = endpoint.Address(record?.Id ?? 0, MatrixEntries.ParametersOf(endpoint));
            if (address is null)
            {
                _wrong.Add($"{endpoint.Name}: the matrix does not know what to put for {{{missing}}}. Add it to the parameters in MatrixEntries.");
                return;
            }

            await JudgeAsync(endpoint, visitor, record, address, records, database);
        }
    }

    private async Task JudgeAsync(
        GuardedEndpoint endpoint, MatrixVisitor visitor, MatrixRecord? record, string address, MatrixRecords records, MatrixDatabase database)
    {
        var before = MatrixEntries.BeforeOf(endpoint);
        if (before is not null)
        {
            await database.RunAsync(before);
        }

        var answer = await visitor.AskAsync(endpoint.Method, address, MatrixEntries.FormOf(endpoint), MatrixEntries.BodyOf(endpoint));
        var what = $"{visitor.Name} asks {endpoint.Name} of {record?.Name ?? "nothing"}";
        var expected = Expected(endpoint, visitor.Person, record);
        if (!IsAsExpected(expected, answer.Status, answer.Location, MatrixEntries.MayFindNothing(endpoint), isStep: endpoint.Root == "sign-in"))
        {
            _wrong.Add($"{what}: expected {expected?.ToString() ?? "to be let in"}, got {(int)answer.Status} {answer.Location}");
        }

        if (await database.HasChangedAsync())
        {
            if (expected is not null)
            {
                _wrong.Add($"{what}: refused, and yet something is changed");
            }

            database.PutBack();
        }
        else if (before is not null)
        {
            database.PutBack();
        }

        _wrong.AddRange(Leaks(visitor.Person, records).Where(mark => answer.Text.Contains(mark, StringComparison.Ordinal))
            .Select(mark => $"{what}: the answer tells {mark}, which they do not see"));
    }

    /// <returns>Null for being let in; 302 for being asked to sign in, which calls are not.</returns>
    private static HttpStatusCode? Expected(GuardedEndpoint endpoint, Person? person, MatrixRecord? record)
    {
        if (endpoint.Right == Right.Anything)
        {
            return null;
        }

        if (person is null)
        {
            return endpoint.IsApi ? HttpStatusCode.Unauthorized : HttpStatusCode.Found;
        }

        if (!Permissions.IsForRole(endpoint.Common!.Value, person.Role) || !Permissions.IsForRole(endpoint.Right!.Value, person.Role))
        {
            return HttpStatusCode.Forbidden;
        }

        if (record is null || endpoint.Right == Right.SeeLists)
        {
            return null;
        }

        var standing = record.StandingOf(person);
        return !Permissions.Allows(record.See, standing) ? HttpStatusCode.NotFound
            : !Permissions.Allows(endpoint.Right.Value, standing) ? HttpStatusCode.Forbidden
            : null;
    }

    private static bool IsAsExpected(HttpStatusCode? expected, HttpStatusCode status, string location, bool mayFindNothing, bool isStep) => expected switch
    {
        HttpStatusCode.Found => status == HttpStatusCode.Found && location.Contains("/sign-in?", StringComparison.Ordinal),
        { } refusal => status == refusal,
        null => (int)status < 500 && status != HttpStatusCode.Forbidden && (mayFindNothing || status != HttpStatusCode.NotFound) && (isStep || !location.Contains("/sign-in?", StringComparison.Ordinal)),
    };

    /// <summary>Words of records that somebody does not see, and names of people whom a client has nothing to do with.</summary>
    private static IEnumerable<string> Leaks(Person? person, MatrixRecords records) => person is null
        ? records.All.Select(r => r.Mark).OfType<string>().Append("Zqcolleague").Append("Zqcompetitor")
        : records.All.Where(r => r.Mark is not null && !Permissions.Allows(r.See, r.StandingOf(person))).Select(r => r.Mark!)
            .Concat(person.Role == Role.Client ? ["Zqcompetitor"] : []);
}
