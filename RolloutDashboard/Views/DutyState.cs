using RolloutDashboard.Jobs;

namespace RolloutDashboard.Views;

/// <summary>One piece of work in the background, as it goes in this process.</summary>
/// <param name="Name">Stable, as in alerts: "drill".</param>
/// <param name="Title">What it does: "Following a drill".</param>
/// <param name="Interval">Wait between two turns; null where it waits for something else than a time.</param>
/// <param name="IsOfLeader">Whether the leader alone does it.</param>
public sealed record DutyState(
    string Name,
    string Title,
    TimeSpan? Interval,
    bool IsOfLeader,
    DutyCondition Condition,
    DutyHealth Health
);
