namespace RolloutDashboard.Imports;

/// <summary>Where a file is on its way from a person to a data set.</summary>
public enum ImportPhase
{
    Arriving = 0,

    /// <summary>Waits for its turn, or is read without keeping anything.</summary>
    Checking = 1,

    /// <summary>What was understood can be seen; a person decides.</summary>
    Ready = 2,

    Importing = 3,
    Done = 4,
    Failed = 5,
    Cancelled = 6,
}
