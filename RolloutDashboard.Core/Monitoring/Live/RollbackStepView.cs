namespace RolloutDashboard.Core.Monitoring.Live;

/// <param name="State">"done", "waiting", "running", "failed".</param>
public sealed record RollbackStepView(string Name, string State, DateTimeOffset? At, string Text);
