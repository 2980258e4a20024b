namespace RolloutDashboard.Core.Promotions;

/// <summary>An override of a gate that does not pass.</summary>
/// <param name="TypedName">The rollout's name as the person typed it.</param>
public sealed record GateOverride(string Reason, string TypedName, DateTimeOffset ExpiresAt);
