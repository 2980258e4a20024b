namespace RolloutDashboard.Core.Gates.Fields;

/// <summary>What is wrong with an edit, at the field where it is.</summary>
public sealed record GateFieldError(string Path, string Message);
