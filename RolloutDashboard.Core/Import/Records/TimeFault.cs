namespace RolloutDashboard.Core.Import.Records;

/// <summary>Why a timestamp is no instant.</summary>
internal enum TimeFault
{
    None = 0,

    /// <summary>A full local time without a zone.</summary>
    NoZone = 1,

    /// <summary>The day or the month may come first.</summary>
    DayOrMonthFirst = 2,

    /// <summary>A part of a time, or none.</summary>
    Unreadable = 3,
}
