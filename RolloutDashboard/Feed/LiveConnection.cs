namespace RolloutDashboard.Feed;

/// <summary>Whether what is shown is current.</summary>
public enum LiveConnection
{
    /// <summary>Nothing read yet.</summary>
    Loading,
    Live,
    PausedByViewer,
    Stale,

    /// <summary>Never read, and the last attempt failed.</summary>
    Failed,
}
