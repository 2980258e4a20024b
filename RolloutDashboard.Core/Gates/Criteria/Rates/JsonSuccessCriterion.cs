using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Criteria.Rates;

/// <summary>Share of Level 3 among finished JSON iterations.</summary>
internal sealed class JsonSuccessCriterion : IGateCriterion
{
    public const string Key = "json-success";

    string IGateCriterion.Key => Key;

    public string Name => "JSON success rate";

    public string Summary => "Share of Level 3 among finished JSON iterations.";

    public GatePhase Phase => GatePhase.Targets;

    public GateFieldRule? TargetRule => GateFieldRule.Share;

    public RecordSource AnsweredBy => RecordSource.Iterations;

    public IReadOnlyList<GenerationMode> Arms { get; } = [GenerationMode.Json];

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        SuccessRate.Of(this, definition, evidence, evidence.Json, evidence.JsonSequence, GenerationMode.Json);
}
