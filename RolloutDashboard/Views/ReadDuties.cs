using RolloutDashboard.Background;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Views;

/// <summary>Reads how the duties of this process go; asks no database.</summary>
public sealed class ReadDuties(
    IEnumerable<IDuty> duties,
    ILeadership leadership,
    DatabaseAvailability database,
    DutyRunner runner,
    TimeProvider clock
) : IDutiesView
{
    /// <summary>A turn that takes longer is worth a look.</summary>
    private static readonly TimeSpan SlowAfter = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IReadOnlyList<DutyState> Read() =>
        [
            .. duties
                .Select(duty => StateOf(duty.Source, duty.Interval, duty.IsOfLeader, IsResting(duty)))
                .Concat(OwnLoops.Sources.Select(source => StateOf(source, null, false, false)))
                .OrderBy(state => state.Condition),
        ];

    private bool IsResting(IDuty duty) =>
        (duty.NeedsDatabase && database.ClosedBecause is not null) || (duty.IsOfLeader && !leadership.IsHere);

    private DutyState StateOf(FaultSource source, TimeSpan? interval, bool isOfLeader, bool isResting)
    {
        var health = runner.HealthOf(source);
        return new DutyState(source.Name, source.Title, interval, isOfLeader, ConditionOf(health, isResting), health);
    }

    private DutyCondition ConditionOf(DutyHealth health, bool isResting) =>
        health.FailuresInARow > 0 ? DutyCondition.Failing
        : health.BusySince is { } since && clock.GetUtcNow() - since > SlowAfter ? DutyCondition.Slow
        : isResting ? DutyCondition.Resting
        : health.SucceededAt is null ? DutyCondition.Waiting
        : DutyCondition.Working;
}
