namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>Which side led by success so far, and when that changed for good.</summary>
/// <param name="Leader">Name of the side that leads at the end; null where neither does.</param>
/// <param name="Number">Iteration at which it took the lead for the last time.</param>
/// <param name="Changes">How often the lead changed.</param>
/// <param name="Points">Success so far of both sides, at most 60 points.</param>
public sealed record ComparedCourse(
    string? Leader,
    DateTimeOffset? At,
    long? Number,
    int Changes,
    IReadOnlyList<CoursePoint> Points
);
