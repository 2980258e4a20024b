using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Means;

/// <summary>Mean Sharpe of the JSON iterations that have one.</summary>
internal sealed class JsonSharpeCriterion : IGateCriterion
{
    public const string Key = "json-sharpe";

    string IGateCriterion.Key => Key;

    public string Name => "Mean Sharpe, JSON";

    public string Summary => "Mean Sharpe of the JSON iterations that have one.";

    public GatePhase Phase => GatePhase.Targets;

    public GateFieldRule? TargetRule { get; } = new("", -10, 10);

    public RecordSource AnsweredBy => RecordSource.Iterations;

    public IReadOnlyList<GenerationMode> Arms { get; } = [GenerationMode.Json];

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        JsonMean.Of(this, definition, evidence, row => row.SharpeRatio, FigureFormatter.ShortNumber);
}
