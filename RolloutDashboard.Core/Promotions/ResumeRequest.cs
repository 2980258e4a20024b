namespace RolloutDashboard.Core.Promotions;

/// <param name="SeenVersion">State version that the person saw.</param>
/// <param name="SeenMarker">Identity of the marker file then; null when there was none.</param>
/// <param name="Cause">What had gone wrong, in the person's words.</param>
public sealed record ResumeRequest(string Actor, long SeenVersion, string? SeenMarker, string Cause);
