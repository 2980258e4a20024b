namespace RolloutDashboard.Views;

/// <summary>How work in the background stands; worst first.</summary>
public enum DutyCondition
{
    /// <summary>Its last turn failed.</summary>
    Failing,

    /// <summary>A turn has gone on for longer than a minute.</summary>
    Slow,

    /// <summary>The database is closed, or another process is the leader.</summary>
    Resting,

    /// <summary>Nothing was due yet.</summary>
    Waiting,

    Working,
}
