namespace RolloutDashboard.Core.Monitoring.Analytics;

/// <summary>Cost and latency of one model.</summary>
/// <param name="Priced">Iterations whose price is known.</param>
/// <param name="CostUsd">Of the priced ones; null where no price is known.</param>
/// <param name="P95Milliseconds">Per iteration, over all its attempts.</param>
public sealed record ProviderUse(
    string Provider,
    string? Model,
    int N,
    int Priced,
    double? CostUsd,
    long InputTokens,
    long OutputTokens,
    int TokensKnown,
    double MeanMilliseconds,
    double P95Milliseconds
);
