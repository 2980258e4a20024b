namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>Why a history can't answer a criterion.</summary>
public enum HistoryGapReason
{
    /// <summary>Records of iterations say nothing about it: monitoring, crashes, people.</summary>
    NotInRecords = 0,

    /// <summary>At least one record names no time, or one that can't be.</summary>
    NoTimes = 1,

    /// <summary>No record that counts declares the arm.</summary>
    NoArm = 2,

    /// <summary>No record of the arm has the metric.</summary>
    NoValue = 3,
}
