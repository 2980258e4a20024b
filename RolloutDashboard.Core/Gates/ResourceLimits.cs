namespace RolloutDashboard.Core.Gates;

/// <summary>Limits of the criterion "resource use within limits".</summary>
/// <param name="CpuShare">Of all processors, 0 to 1.</param>
public sealed record ResourceLimits(
    double WorkingSetMegabytes = 2048,
    double CpuShare = 0.9,
    double FreeDiskGigabytes = 1,
    double QueueAgeMinutes = 15
);
