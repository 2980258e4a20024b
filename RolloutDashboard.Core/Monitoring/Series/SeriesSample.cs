using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Series;

/// <summary>A count of ended iterations of one arm at one time: a minute's rollup, or a single iteration.</summary>
public readonly record struct SeriesSample(
    DateTimeOffset At,
    GenerationMode Mode,
    int Finished,
    int Succeeded,
    int SharpeCount,
    double SharpeSum
);
