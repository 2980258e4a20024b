namespace RolloutDashboard.Core.Nodes;

/// <summary>Latch and marker file as they stood at one moment; a resume opens exactly these and no later
/// stop.</summary>
/// <param name="Stops">Stops of this process up to then.</param>
/// <param name="Marker">Identity of the marker file; null when there was none.</param>
public sealed record KillSwitchToken(int Stops, string? Marker);
