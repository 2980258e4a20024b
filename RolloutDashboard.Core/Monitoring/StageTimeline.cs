using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>The four stages with planned against actual dates.</summary>
internal static class StageTimeline
{
    public static IReadOnlyList<StageEntry> Of(Rollout rollout, IReadOnlyList<StageAttempt> visits, IReadOnlyDictionary<Stage, int> counts, StageOptions stages, GateInputs inputs, GateDefinition definition, GateReport gate) =>
        [.. Enum.GetValues<Stage>().Select(stage => Entry(stage, rollout, visits.LastOrDefault(visit => visit.Stage == stage), counts.GetValueOrDefault(stage), stages.For(stage, rollout.IsDemo), inputs, Required(stage, definition), gate))];

    private static StageEntry Entry(Stage stage, Rollout rollout, StageAttempt? visit, int finished, TimeSpan minimum, GateInputs inputs, int required, GateReport gate)
    {
        var isCurrent = stage == rollout.Stage;
        var state = isCurrent ? rollout.Phase switch
        {
            RolloutPhase.RolledBack => "rolled back",
            RolloutPhase.Halted => "halted",
            RolloutPhase.Successful => "done",
            _ => "current",
        } : stage < rollout.Stage ? "done" : "ahead";
        var counted = !isCurrent ? finished
            : stage == Stage.TemplateLibraryOnly ? inputs.Rows.Count(row => row.Counts && row.AssignedMode == GenerationMode.Json)
            : inputs.Rows.Count(row => row.Counts);
        return new StageEntry(
            stage, state, visit?.Attempt ?? 0, visit?.StartedAt, visit?.EndedAt, visit?.StartedAt + minimum, counted, required, minimum,
            isCurrent ? gate.Verdict : visit?.GateVerdict);
    }

    // In stage 3.1 the gate counts JSON iterations only, in the others all of them.
    private static int Required(Stage stage, GateDefinition definition) => (int)(definition.Stages.FirstOrDefault(gate => gate.Stage == stage)?.Criteria
        .FirstOrDefault(criterion => criterion.Key == (stage == Stage.TemplateLibraryOnly ? CriterionKeys.JsonIterations : CriterionKeys.Iterations))?.Target ?? 0);
}
