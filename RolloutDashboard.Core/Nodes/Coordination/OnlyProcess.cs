namespace RolloutDashboard.Core.Nodes.Coordination;

/// <summary>The leader where one process holds the data directory (<see cref="ProcessLock"/>): always this
/// one.</summary>
public sealed class OnlyProcess : ILeadership
{
    /// <inheritdoc/>
    public bool IsHere => true;
}
