namespace RolloutDashboard.Core.Evidence.Comparisons.Selections;

/// <summary>Why a selection can't be read.</summary>
public enum SelectionFault
{
    /// <summary>It is not written as one.</summary>
    Malformed = 0,

    /// <summary>It names a data set or run that is not there.</summary>
    Unknown = 1,

    /// <summary>It holds more than can be compared at once.</summary>
    TooLarge = 2,
}
