namespace RolloutDashboard.Core.Storage;

/// <summary>What a fault of the database calls for.</summary>
public enum DatabaseFaultKind
{
    /// <summary>Another transaction or program held the lock for too long; trying again may do.</summary>
    Busy,

    /// <summary>It can't be opened, read or written until somebody does something.</summary>
    Unavailable,

    /// <summary>What is stored is broken; it has to be checked and restored.</summary>
    Damaged,
}
