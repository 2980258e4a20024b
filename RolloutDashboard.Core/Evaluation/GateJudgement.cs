using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>The gate of the current stage as it was judged once, with what it was judged from.</summary>
/// <param name="ConfigurationNumber">Version in force.</param>
public sealed record GateJudgement(
    int ConfigurationNumber,
    StageConfiguration Configuration,
    GateEvidence Evidence,
    GateReport Report
)
{
    public GateInputs Inputs => Evidence.Inputs;

    public GateDefinition Definition => Evidence.Definition;
}
