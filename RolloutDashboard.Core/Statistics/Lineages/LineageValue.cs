namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>One unit as the sequences see it.</summary>
/// <param name="IsJson">Arm 1 (JSON) or arm 0 (full code).</param>
/// <param name="Value">Share of successes, 0 to 1.</param>
public readonly record struct LineageValue(string Segment, bool IsJson, double Value);
