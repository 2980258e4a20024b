namespace RolloutDashboard.Core.Llm.Providers.Status;

/// <summary>Whether asking makes sense now; the loop looks before it claims an iteration.</summary>
/// <param name="Reason">Why not, in a sentence; empty if ready.</param>
public sealed record GenerationReadiness(bool IsReady, string Reason, DateTimeOffset? RetryAt);
