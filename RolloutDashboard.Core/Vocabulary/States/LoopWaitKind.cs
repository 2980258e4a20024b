namespace RolloutDashboard.Core.Vocabulary.States;

/// <summary>What the loop, or an iteration that has begun, waits for.</summary>
public enum LoopWaitKind
{
    /// <summary>A provider that answers; told by an alert rule of its own.</summary>
    Provider = 0,

    /// <summary>Budget of generation; told by an alert rule of its own.</summary>
    Budget = 1,

    /// <summary>The database or the data directory.</summary>
    Storage = 2,

    /// <summary>A sandbox in which programs can run.</summary>
    Sandbox = 3,
}
