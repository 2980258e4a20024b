using RolloutDashboard.Core.Evidence;

namespace RolloutDashboard.Studies;

/// <summary>Gates and thresholds that a plan check is of.</summary>
/// <param name="Errors">What of the changes will not do; nothing is checked until it is put right.</param>
public sealed record PolicyToCheck(PolicyInForce Policy, IReadOnlyList<string> Errors);
