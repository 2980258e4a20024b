namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>What came of making a kept comparison again.</summary>
/// <param name="Same">Whether the hash is the same to the last digit.</param>
public sealed record Recomputed(bool Same, string Hash, string Message);
