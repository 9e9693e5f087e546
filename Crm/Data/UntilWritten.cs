using System.Collections.Concurrent;

namespace Crm.Data;

/// <summary>Keeps what was made of the database, by a name, until anything is written there or the minute is over: then all of it is forgotten at once.</summary>
/// <param name="most">How much is kept, in the unit of what is said to <see cref="Keep"/>. When it is full, all is forgotten.</param>
public sealed class UntilWritten<T>(DataVersion versions, long most)
    where T : class
{
    private Shelf _shelf = new(default);

    /// <summary>Ask before reading the database; null when nothing can be said of it.</summary>
    public DataMoment? Moment => versions.Current;

    /// <param name="moment">What <see cref="Moment"/> said just now.</param>
    public T? Find(DataMoment moment, string name) =>
        _shelf is var shelf && shelf.Moment == moment ? shelf.Kept.GetValueOrDefault(name) : null;

    /// <param name="moment">What <see cref="Moment"/> said before the database was read for this.</param>
    public void Keep(DataMoment moment, string name, T value, long size)
    {
        var shelf = _shelf;
        if (shelf.Moment != moment || Interlocked.Read(ref shelf.Size) + size > most)
        {
            // Two at once may each put up a shelf: one of them is lost, and what stood there is read again.
            _shelf = shelf = new Shelf(moment);
        }

        Interlocked.Add(ref shelf.Size, size);
        shelf.Kept[name] = value;
    }

    private sealed class Shelf(DataMoment moment)
    {
        public long Size;

        public DataMoment Moment { get; } = moment;

        public ConcurrentDictionary<string, T> Kept { get; } = new(StringComparer.Ordinal);
    }
}
