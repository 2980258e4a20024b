using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Gates;

/// <summary>What a gate would have done at one point of the recorded history.</summary>
/// <param name="What">For example "Gate 3.1 passes" or "halts".</param>
/// <param name="Iteration">Number of the iteration at which it would have; null where it never would.</param>
public sealed record GateReplayLine(Stage Stage, int Attempt, string What, long? Iteration);

/// <summary>Runs gates over the recorded history; what it says is shown before an edit is saved.</summary>
public interface IGateReplay
{
    /// <summary>Lines in the order of the history.</summary>
    Task<IReadOnlyList<GateReplayLine>> ExecuteAsync(GateDefinition definition, CancellationToken cancellationToken);
}
