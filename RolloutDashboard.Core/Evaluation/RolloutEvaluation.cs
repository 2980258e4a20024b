using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>Everything that a live assessment was made from, but for the iterations, of which it says what it
/// saw.</summary>
/// <param name="Alert">Without its rows.</param>
/// <param name="Alerts">States before the assessment.</param>
/// <param name="Before">Iterations before the attempt that the alerts' windows saw; null for none.</param>
public sealed record RolloutEvaluation(
    GateInputSnapshot Gate,
    AlertInputs Alert,
    AlertThresholds Thresholds,
    IReadOnlyList<RuleState> Alerts,
    bool JsonEnabled,
    bool HaltResolved,
    JudgedBefore? Before = null
)
{
    public static RolloutEvaluation Of(int attempt, RolloutInputs inputs) =>
        new(
            GateInputSnapshot.Of(inputs.Gates.Version, attempt, inputs.Gate),
            inputs.Alert with
            {
                Rows = [],
                Before = [],
            },
            inputs.Thresholds,
            inputs.Alerts,
            inputs.JsonEnabled,
            inputs.HaltResolved,
            JudgedBefore.Of(inputs.Alert.Before)
        );

    /// <summary>The inputs again.</summary>
    /// <param name="gates">The definition of the recorded version, or another one to try.</param>
    /// <param name="gate">The gate's inputs with their rows.</param>
    /// <param name="others">Production iterations of all other attempts.</param>
    public RolloutInputs With(GateDefinition gates, GateInputs gate, IEnumerable<EvidenceRow> others) =>
        new(
            gates,
            gate,
            Alert with
            {
                Rows = gate.Rows,
                Before = Before?.AsSeen(others) ?? [],
            },
            Thresholds,
            Alerts,
            JsonEnabled,
            HaltResolved
        );
}
