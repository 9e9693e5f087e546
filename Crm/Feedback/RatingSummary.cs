namespace Crm.Feedback;

/// <summary>How many gave how many stars.</summary>
/// <param name="Counts">By stars.</param>
public sealed record RatingSummary(IReadOnlyDictionary<int, int> Counts)
{
    public int Count => Counts.Values.Sum();

    public StarsView Stars => new(Count == 0 ? null : Counts.Sum(c => (double)c.Key * c.Value) / Count, Count);

    public int Of(int stars) => Counts.GetValueOrDefault(stars);

    /// <summary>0 to 100.</summary>
    public int Percent(int stars) => Count == 0 ? 0 : (int)Math.Round(100.0 * Of(stars) / Count);
}
