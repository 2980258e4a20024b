using RolloutDashboard.Core.Alerts;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>An action that is due, and the rule and sentence behind it.</summary>
public sealed record DueStep(DueAction Action, string Rule, string Reason);
