namespace RolloutDashboard.Core.Market;

/// <summary>One oddity: where it stands and what was done about it.</summary>
public sealed record MarketDataFault(string Kind, string Stock, DateOnly? Date, string? File, int? Line, string Message)
{
    /// <summary>The move of a price that looks wrong, as a share; null for other kinds.</summary>
    public double? Move { get; init; }
}
