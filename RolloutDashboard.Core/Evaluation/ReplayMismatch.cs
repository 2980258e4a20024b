using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>A recorded verdict or decision that comes out otherwise when it is judged again.</summary>
public sealed record ReplayMismatch(
    DateTimeOffset At,
    Stage Stage,
    long UpToNumber,
    string What,
    string Recorded,
    string Replayed
);
