namespace RolloutDashboard.Core.Promotions;

/// <summary>Whether a resume is possible.</summary>
/// <param name="WhyNot">What is missing; null when nothing is.</param>
/// <param name="Marker">To be given back as <see cref="ResumeRequest.SeenMarker"/>.</param>
public sealed record ResumeReadiness(string? WhyNot, string? Marker);
