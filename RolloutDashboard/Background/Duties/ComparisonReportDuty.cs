using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Makes the attempt's comparison report when it is due.</summary>
public sealed class ComparisonReportDuty(GenerateComparison generateComparison) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("comparison-report", "Making the comparison report", AlertSeverity.Warning);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public bool IsOfLeader => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await generateComparison.WhenDueAsync(cancellationToken);
        return true;
    }
}
