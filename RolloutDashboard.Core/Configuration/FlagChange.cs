namespace RolloutDashboard.Core.Configuration;

/// <summary>A flag that differs between two configurations, under its snake-case name.</summary>
public sealed record FlagChange(string Name, string Before, string After);
