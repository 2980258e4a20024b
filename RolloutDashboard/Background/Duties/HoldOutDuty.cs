using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Measures champions on the hold-out that were not measured there, one after the other, beside the loop. A
/// look that a stop interrupts is made again after the start.</summary>
public sealed class HoldOutDuty(MeasureHoldOut measureHoldOut, DatabaseAvailability database) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("hold-out", "Measuring champions on the hold-out", AlertSeverity.Warning);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public bool IsOfLeader => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        while (database.ClosedBecause is null && await measureHoldOut.ExecuteAsync(cancellationToken)) { }

        return true;
    }

    /// <summary>Only what a fault is called: its words may come from the hold-out.</summary>
    public string? WordsFor(Exception exception) => exception.GetType().Name;
}
