using RolloutDashboard.Core.Faults;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background;

/// <summary>Work in the background that waits for something else than a time: it has a loop of its own and reports all
/// the same.</summary>
public static class OwnLoops
{
    public static IReadOnlyList<FaultSource> Sources { get; } =
    [IterationJob.Source, DatabaseWatch.Source, NotificationSender.Source];
}
