using RolloutDashboard.Core.Evaluation;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>What monitoring knew at a recorded instant.</summary>
public sealed record ReplayFacts(DateTimeOffset At, RolloutEvaluation Judged);
