namespace RolloutDashboard.Core.Monitoring.Live;

/// <summary>How the loop stands.</summary>
public enum LoopState
{
    Running,
    Paused,
    Stopped,

    /// <summary>Wants to run but can't: no provider, no disk, no market. The reason says which.</summary>
    Waiting,
}
