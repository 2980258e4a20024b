using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Core.Decisions;

/// <summary>What came of a transition.</summary>
/// <param name="Decision">The record it left, if it changed anything.</param>
public sealed record TransitionResult(bool Succeeded, string Message, DecisionRecord? Decision = null);
