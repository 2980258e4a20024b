using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Operations;

/// <summary>How a change of the isolation of programs is stored.</summary>
public static class SandboxEventRecords
{
    /// <summary>Source of such an event.</summary>
    public const string Source = "Sandbox";

    /// <summary>The event of an isolation that is used from now on.</summary>
    public static EventRecord Of(int rolloutId, DateTimeOffset at, SandboxStatus status) =>
        new()
        {
            RolloutId = rolloutId,
            At = at,
            Severity = status.IsFull ? AlertSeverity.Info : AlertSeverity.Warning,
            Source = Source,
            Text = status.IsFull
                ? $"Generated programs run with full isolation again. {status.Detail}"
                : $"Generated programs run with {status.Name}. {status.Detail}",
        };
}
