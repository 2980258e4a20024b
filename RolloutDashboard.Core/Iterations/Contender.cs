using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>The part of a strategy's result that the champion rule looks at.</summary>
public sealed record Contender(SuccessLevel Level, double? SharpeRatio, double? CalmarRatio, double? MaxDrawdown)
{
    /// <summary>Yearly; null where it is not known.</summary>
    public double? Volatility { get; init; }

    /// <summary>Mean invested share of equity; null where it is not known.</summary>
    public double? Exposure { get; init; }
}
