using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>What the loop did after a stop, as far as verification looks.</summary>
/// <param name="Assigned">Modes of the first iterations claimed after the stop, in order.</param>
/// <param name="ProbeNumber">First full-code iteration that began after the stop and completed; null so far.</param>
public sealed record AfterStop(IReadOnlyList<GenerationMode> Assigned, long? ProbeNumber, string? WaitsFor);
