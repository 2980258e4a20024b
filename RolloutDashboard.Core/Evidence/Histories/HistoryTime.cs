namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>Times of foreign records: any instant may stand there.</summary>
internal static class HistoryTime
{
    // Windows and waits reach some years around a record; a time nearer to the ends of the calendar is a fault of its
    // file.
    private const int FirstYear = 1900;
    private const int LastYear = 2900;

    /// <summary>Whether windows around it can be reckoned.</summary>
    public static bool IsUsable(DateTimeOffset at) => at.UtcDateTime.Year is >= FirstYear and <= LastYear;

    /// <summary>The end of something; null where it has no start, no duration, or no end that a calendar
    /// knows.</summary>
    public static DateTimeOffset? Add(DateTimeOffset? start, TimeSpan? duration) =>
        start is { } from
        && duration is { } span
        && IsUsable(from)
        && span >= TimeSpan.Zero
        && span < TimeSpan.FromDays(36_500)
            ? from + span
            : null;
}
