namespace RolloutDashboard.Core.Market;

/// <summary>Market data that can't be used.</summary>
public sealed class MarketDataException(string message, Exception? inner = null) : Exception(message, inner);
