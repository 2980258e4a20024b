using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Counts and sums of ended iterations that share arm, outcome, template and strategy.</summary>
/// <param name="Level">A lost iteration, or a finished one without a level, is Level 0.</param>
/// <param name="Fingerprint">Null where no strategy came out: then each iteration stands on its own.</param>
/// <param name="Milliseconds">Sum over <paramref name="Timed"/> finished iterations.</param>
public sealed record IterationGroup(
    GenerationMode Mode,
    SuccessLevel Level,
    string? Template,
    string? Fingerprint,
    int Count,
    int SharpeCount,
    double SharpeSum,
    double SharpeSquares,
    int ReturnCount,
    double ReturnSum,
    long CacheLookups,
    long CacheHits,
    int Timed,
    double Milliseconds
)
{
    /// <summary>Sharpe ratios and returns that can be no results; they stand in no sum.</summary>
    public int LeftOut { get; init; }
}
