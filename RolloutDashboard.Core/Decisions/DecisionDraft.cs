namespace RolloutDashboard.Core.Decisions;

/// <summary>What is to be recorded of a decision; the chain adds sequence, time and hashes.</summary>
public sealed record DecisionDraft(string Kind, string Actor, string Text, string? Reason, object Inputs);
