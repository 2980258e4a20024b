using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>The difference of the mean Sharpe ratios, first side minus second; each strategy counts once.</summary>
/// <param name="Welch">95 % interval for one look.</param>
/// <param name="Sequential">95 % interval that holds at every look.</param>
/// <param name="ProbabilityGreater">That a result of the first side exceeds one of the second (rank test).</param>
public sealed record ComparedSharpe(
    double Difference,
    Interval Welch,
    double WelchP,
    Interval Sequential,
    double SequentialP,
    double ProbabilityGreater,
    double RankP
);
