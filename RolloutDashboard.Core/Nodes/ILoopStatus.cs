namespace RolloutDashboard.Core.Nodes;

/// <summary>Lets Core ask the process about its loop.</summary>
public interface ILoopStatus
{
    LoopStatus Now { get; }

    InstallationFacts Installation { get; }
}
