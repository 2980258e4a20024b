using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates;

/// <summary>What a gate would have done at one point of the recorded history.</summary>
/// <param name="What">For example "Gate 3.1 passes" or "halts".</param>
/// <param name="Iteration">Number of the iteration at which it would have; null where it never would.</param>
public sealed record GateReplayLine(Stage Stage, int Attempt, string What, long? Iteration);
