using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <param name="Rate">0 to 1; null without samples.</param>
public sealed record ComparedRate(int Successes, int N, double? Rate, Interval? Interval);
