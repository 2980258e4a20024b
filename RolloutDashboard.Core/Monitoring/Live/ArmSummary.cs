using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>One arm in the stage's current attempt, by assigned mode.</summary>
/// <param name="Finished">Iterations that count: finished and lost ones.</param>
/// <param name="SuccessInterval">Wilson interval on the effective n, 95 %.</param>
/// <param name="EffectiveModeSuccessRate">The same by effective mode, shown beside it.</param>
public sealed record ArmSummary(
    GenerationMode Mode,
    int Finished,
    int Level0,
    int Level1,
    int Level2,
    int Level3,
    int Lost,
    int Cancelled,
    int Running,
    double? SuccessRate,
    Interval? SuccessInterval,
    double? MeanSharpe,
    Interval? SharpeInterval,
    double? MeanTotalReturn,
    int Distinct,
    double EffectiveN,
    double? EffectiveModeSuccessRate,
    int EffectiveModeN,
    double? CacheHitRate,
    double? MeanSeconds
)
{
    /// <summary>The cancelled ones by who or what ended them, most frequent first.</summary>
    public IReadOnlyList<CancelledCount> CancelledBy { get; init; } = [];
}
