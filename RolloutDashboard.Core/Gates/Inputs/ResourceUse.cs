namespace RolloutDashboard.Core.Gates.Inputs;

/// <param name="CpuShare">Of all processors, 0 to 1.</param>
/// <param name="QueueAge">Age of the oldest waiting job; null where it is not measured.</param>
public sealed record ResourceUse(
    double WorkingSetMegabytes,
    double CpuShare,
    double FreeDiskGigabytes,
    TimeSpan? QueueAge
);
