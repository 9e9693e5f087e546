using System.Threading.Channels;
using Crm.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Webhooks;

/// <summary>A webhook that is told of events now.</summary>
public sealed record Subscription(int WebhookId, IReadOnlyList<string> Events)
{
    public bool Takes(string type) => Events is [Webhook.Everything] || Events.Contains(type, StringComparer.Ordinal);
}

/// <summary>What every write needs to know of webhooks, kept in memory: as long as there is none, a write asks nothing.</summary>
public sealed class Subscriptions(IServiceScopeFactory scopes, IConfiguration? configuration = null)
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Known? _known;
    private int _age;

    /// <summary>Those that are neither paused nor deleted.</summary>
    public IReadOnlyList<Subscription> Active => Read().Active;

    /// <summary>An address that leads back here: whole, where it is known how this installation is reached.</summary>
    public string Link(string path) => (configuration?["PublicUrl"] is { Length: > 0 } set ? set : Read().Address ?? "").TrimEnd('/') + path;

    /// <summary>Webhooks, or the workspace's address, are others now.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _age);
        _known = null;
        Wake();
    }

    /// <summary>There is something to send.</summary>
    public void Wake() => _signals.Writer.TryWrite(true);

    /// <param name="atMost">Null waits until it is woken.</param>
    internal async Task WaitAsync(TimeSpan? atMost, TimeProvider time, CancellationToken cancel)
    {
        using var limit = atMost is { } span ? new CancellationTokenSource(span, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // It is time.
        }
    }

    /// <summary>By a connection of its own, which sees what is committed and nothing else.</summary>
    private Known Read()
    {
        if (_known is { } known)
        {
            return known;
        }

        var age = _age;
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        known = new Known(
            [.. db.Webhooks.AsNoTracking().Where(w => w.PausedAt == null).OrderBy(w => w.Id).Select(w => new { w.Id, w.Events }).AsEnumerable().Select(w => new Subscription(w.Id, w.Events))],
            db.Workspaces.Select(w => w.Address).SingleOrDefault());
        _known = age == _age ? known : null;
        return known;
    }

    private sealed record Known(IReadOnlyList<Subscription> Active, string? Address);
}
