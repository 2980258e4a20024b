namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>How a state is to be taken; never the only sign of it.</summary>
public enum HeadlineTone
{
    Good,
    Info,

    /// <summary>A person is asked for.</summary>
    Warning,

    /// <summary>Something went wrong, or a rule has acted.</summary>
    Bad,
}
