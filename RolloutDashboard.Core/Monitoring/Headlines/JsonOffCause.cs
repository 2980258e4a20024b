namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>What keeps JSON from being assigned.</summary>
public enum JsonOffCause
{
    None,

    /// <summary>Latch or marker file: a stop that the database does not have yet.</summary>
    Stop,

    /// <summary>A flag of the configuration in force.</summary>
    Flag,
}
