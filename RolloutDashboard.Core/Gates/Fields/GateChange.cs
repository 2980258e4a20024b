namespace RolloutDashboard.Core.Gates.Fields;

/// <summary>A number that differs between two definitions.</summary>
public sealed record GateChange(string Path, string Label, string Before, string After);
