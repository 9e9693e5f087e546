using System.Threading.Channels;

namespace Crm.Imports;

/// <summary>Ids of the imports that wait to be run, one after another.</summary>
public sealed class ImportQueue
{
    private readonly Channel<int> _jobs = Channel.CreateUnbounded<int>();

    public void Add(int jobId) => _jobs.Writer.TryWrite(jobId);

    public IAsyncEnumerable<int> ReadAllAsync(CancellationToken cancel) => _jobs.Reader.ReadAllAsync(cancel);
}
