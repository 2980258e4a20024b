using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>One ended iteration, as far as groups need it; texts by their number.</summary>
/// <param name="EndedAt">UTC ticks.</param>
/// <param name="Level">Level 0 where there is none.</param>
internal readonly record struct EndedIteration(
    long EndedAt,
    GenerationMode Mode,
    IterationStatus Status,
    SuccessLevel Level,
    int Template,
    int Fingerprint,
    double? SharpeRatio,
    double? TotalReturn,
    int CacheLookups,
    int CacheHits,
    double Milliseconds
);
