using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>What some records of a history say: an arm, or all that count.</summary>
/// <param name="N">Records that count in rates.</param>
/// <param name="Successes">Those of Level 3.</param>
/// <param name="RateInterval">95 %, on the effective n; null without records.</param>
/// <param name="SharpeN">Records with a finite Sharpe.</param>
/// <param name="MeanSharpe">Over them; null where there is none.</param>
/// <param name="SharpeInterval">95 %; null where it can't be computed.</param>
/// <param name="NotFinite">Records whose Sharpe is no finite number; they are in no mean.</param>
/// <param name="WithStrategy">Records that hold a strategy, or its name.</param>
/// <param name="Distinct">Different strategies among them; null where no record holds one, so that nobody
/// knows.</param>
public sealed record HistoryArm(
    int N,
    int Successes,
    Interval? RateInterval,
    int SharpeN,
    double? MeanSharpe,
    Interval? SharpeInterval,
    int NotFinite,
    int WithStrategy,
    int? Distinct
)
{
    /// <summary>Share of Level 3; null without records.</summary>
    public double? Rate => N == 0 ? null : (double)Successes / N;
}
