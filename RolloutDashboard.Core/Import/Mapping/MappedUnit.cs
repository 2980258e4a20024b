namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>How a foreign value is written.</summary>
public enum MappedUnit
{
    /// <summary>As ours: fractions, seconds, ISO 8601 or epoch.</summary>
    AsIs = 0,

    /// <summary>12.5 means 0.125.</summary>
    Percent = 1,

    /// <summary>Milliseconds of a duration.</summary>
    Milliseconds = 2,

    /// <summary>Minutes of a duration.</summary>
    Minutes = 3,

    /// <summary>A time such as 05.11.2025 08:00, the fifth of November.</summary>
    DayFirst = 4,

    /// <summary>A time such as 11/05/2025 08:00, the fifth of November.</summary>
    MonthFirst = 5,
}
