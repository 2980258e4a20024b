namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>What a restore brought back and what it lost.</summary>
/// <param name="KeptFile">Where the replaced file is; null when there was none.</param>
/// <param name="Text">All of it in a few sentences.</param>
public sealed record RestoreResult(string From, string? KeptFile, long LostIterations, int DecisionsKept, string Text);
