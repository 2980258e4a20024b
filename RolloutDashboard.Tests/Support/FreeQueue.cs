using RolloutDashboard.Core.Rollouts;

namespace RolloutDashboard.Tests.Support;

/// <summary>A queue in which no job waits, unless a test says otherwise.</summary>
internal sealed class FreeQueue : IQueueAge
{
    public TimeSpan? Age { get; set; } = TimeSpan.Zero;

    public TimeSpan? Read() => Age;
}
