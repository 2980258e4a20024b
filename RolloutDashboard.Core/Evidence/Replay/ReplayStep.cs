using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>One event of a replay.</summary>
/// <param name="Number">The iteration after which it happened.</param>
/// <param name="IsHypothetical">What follows the first action that differs from what was recorded: the iterations
/// behind it came about under another rule.</param>
public sealed record ReplayStep(
    DateTimeOffset At,
    long Number,
    Stage Stage,
    int Attempt,
    ReplayKind Kind,
    string Rule,
    string Text,
    bool IsHypothetical
);
