using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Iterations;

/// <param name="RetryAt">When trying again makes sense; null if nobody knows.</param>
internal sealed record WaitCause(LoopWaitKind Kind, string Reason, DateTimeOffset? RetryAt);
