using RolloutDashboard.Core.Monitoring.Live;

namespace RolloutDashboard.Components.Loop;

/// <summary>Which loop commands make sense now; a refused one says why.</summary>
public sealed record LoopActions(string? WhyNotStart, string? WhyNotPause, string? WhyNotStop)
{
    public static LoopActions For(LoopState loop) =>
        loop switch
        {
            LoopState.Running => new("The loop is running.", null, null),
            LoopState.Waiting => new("The loop is started and waiting.", null, null),
            LoopState.Paused => new(null, "The loop is paused.", null),
            _ => new(null, "The loop is stopped.", "The loop is stopped."),
        };
}
