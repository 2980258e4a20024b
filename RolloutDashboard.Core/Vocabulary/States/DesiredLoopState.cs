namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>What people want the loop to do; what it really does may lag or wait.</summary>
public enum DesiredLoopState
{
    Running = 0,
    Paused = 1,
    Stopped = 2,
}
