using RolloutDashboard.Core.Gates.Fields;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Gates.Criteria.Means;

/// <summary>Mean total return of the JSON iterations that have one.</summary>
internal sealed class TotalReturnCriterion : IGateCriterion
{
    public const string Key = "total-return";

    string IGateCriterion.Key => Key;

    public string Name => "Mean total return, JSON";

    public string Summary => "Mean total return of the JSON iterations that have one.";

    public GatePhase Phase => GatePhase.Targets;

    public GateFieldRule? TargetRule { get; } = new("%", -100, 1000);

    public RecordSource AnsweredBy => RecordSource.Iterations;

    public IReadOnlyList<GenerationMode> Arms { get; } = [GenerationMode.Json];

    public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
        JsonMean.Of(this, definition, evidence, row => row.TotalReturn, FigureFormatter.Rate);
}
