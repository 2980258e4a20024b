namespace RolloutDashboard.Core.Promotions.Feedback;

public sealed record SignOffLine(
    long Id,
    int Attempt,
    string Name,
    string Statement,
    DateTimeOffset At,
    DateTimeOffset? WithdrawnAt,
    string? WithdrawnBy
);
