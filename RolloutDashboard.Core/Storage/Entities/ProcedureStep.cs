namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>One step of a procedure with its proof.</summary>
/// <param name="State">"done", "waiting", "running" or "failed".</param>
public sealed record ProcedureStep(string Name, string State, DateTimeOffset? At, string Text);
