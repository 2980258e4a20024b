namespace RolloutDashboard.Core.Promotions;

/// <param name="SeenVersion">State version of the preview.</param>
/// <param name="SeenEvidence">Evidence fingerprint of the preview.</param>
/// <param name="Override">Null for a promotion whose gate passes.</param>
public sealed record PromoteRequest(string Actor, long SeenVersion, string SeenEvidence, GateOverride? Override = null);
