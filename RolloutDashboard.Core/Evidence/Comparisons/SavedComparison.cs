namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>A kept comparison in the list.</summary>
public sealed record SavedComparison(
    long Id,
    DateTimeOffset At,
    string Actor,
    string Title,
    string Verdict,
    string Hash,
    bool IsOfAttempt
);
