namespace RolloutDashboard.Core.Market;

/// <summary>A market lacks data that somebody needs.</summary>
public sealed class MissingMarketDataException(string market, IReadOnlyList<MarketField> fields)
    : Exception($"Market '{market}' has no {string.Join(", ", fields)}.")
{
    public IReadOnlyList<MarketField> Fields { get; } = fields;
}
