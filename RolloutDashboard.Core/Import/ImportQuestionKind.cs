namespace RolloutDashboard.Core.Import;

/// <summary>What a file leaves open, so that a person is asked.</summary>
public enum ImportQuestionKind
{
    /// <summary>No field of its records is known under its name: a mapping is needed. Nothing is imported until
    /// then.</summary>
    MappingNeeded = 0,

    /// <summary>Timestamps name no zone. Nothing is imported until one is said.</summary>
    ZoneNeeded = 1,

    /// <summary>Records name no arm; they are kept as undeclared.</summary>
    ArmUndeclared = 2,

    /// <summary>Dates that begin with the day or the month; their time stays unknown until it is said which.</summary>
    DateOrder = 3,

    /// <summary>Records hold a time that is none, or only a part of one; it stays unknown.</summary>
    TimeUnreadable = 4,

    /// <summary>Records have no number; the ordinal stands for it.</summary>
    NumberMissing = 5,

    /// <summary>Records say nothing of how they ended; they count as level 0.</summary>
    OutcomeMissing = 6,

    /// <summary>A field that a check needs was not read while another name of it is there.</summary>
    FieldUnread = 7,

    /// <summary>Lists of objects that were not taken as records.</summary>
    ListUnread = 8,

    /// <summary>Records stand out of order; they are sorted by number where time agrees.</summary>
    OutOfOrder = 9,

    /// <summary>Most records are in another data set already.</summary>
    RepeatsOtherSet = 10,

    /// <summary>Strategies are not in the file, so how many are distinct is unknown.</summary>
    StrategyUnknown = 11,

    /// <summary>A value that no check needs could not be read; the record was kept without it.</summary>
    ValueUnread = 12,
}
