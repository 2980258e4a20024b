namespace RolloutDashboard.Background;

/// <summary>Work on the database that a person asked for and that outlives the page it was asked on.</summary>
/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="Succeeded">Whether it did what was asked; null while it goes on.</param>
/// <param name="Outcome">What came of it, a line each.</param>
public sealed record DatabaseTask(
    string Name,
    string Actor,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    bool? Succeeded,
    IReadOnlyList<string> Outcome
);
