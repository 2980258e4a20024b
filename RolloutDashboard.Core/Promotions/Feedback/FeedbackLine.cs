using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Promotions.Feedback;

public sealed record FeedbackLine(
    long Id,
    Stage Stage,
    int Attempt,
    string UserId,
    string UserName,
    int Score,
    string? Comment,
    DateTimeOffset At,
    bool IsCurrent
);
