using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>What gate 3.2 says of the success ratio.</summary>
/// <param name="Version">Of the gate definition.</param>
/// <param name="Target">Ratio from which it recommends to proceed.</param>
/// <param name="Halt">Ratio below which it halts.</param>
/// <param name="Proven">Ratio that counts as proven.</param>
/// <param name="MinimumSamples">Iterations of each mode below which it does not judge.</param>
public sealed record GateRatios(int Version, double Target, double Halt, double Proven, int MinimumSamples)
{
    /// <summary>The plan's.</summary>
    public static GateRatios Plan { get; } = Of(GateDefinition.Default)!;

    /// <returns>Null where the gate does not ask for a ratio.</returns>
    public static GateRatios? Of(GateDefinition gates) =>
        gates
            .Stages.FirstOrDefault(gate => gate.Stage == Stage.Hybrid)
            ?.Criteria.FirstOrDefault(criterion =>
                criterion is { Enabled: true, Key: SuccessRatioCriterion.Key, Target: not null }
            )
            is { } ratio
            ? new GateRatios(
                gates.Version,
                ratio.Target!.Value,
                gates.HaltRatio,
                gates.ProvenRatio,
                ratio.MinimumSamples
            )
            : null;
}
