namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>Where one field of a record is found in a foreign file, and how it is written there.</summary>
/// <param name="Field">Key of <see cref="HistoryFields"/>, for example "metrics.sharpe_ratio".</param>
/// <param name="Path">Names from the record inwards, parted by dots, for example "stats.sharpe". A name that holds dots
/// itself is found too.</param>
public sealed record MappedField(string Field, string Path)
{
    public MappedUnit Unit { get; init; }

    /// <summary>Whether the sign is turned, as for a drawdown that is written as a depth.</summary>
    public bool Negated { get; init; }

    /// <summary>Words of the file and what they mean, for example "A" to "full-code"; empty where they stand for
    /// themselves.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}
