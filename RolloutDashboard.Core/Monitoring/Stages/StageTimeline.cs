using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Stages;

/// <summary>The four stages with planned against actual dates.</summary>
internal static class StageTimeline
{
    // In the order in which a card says them.
    private static readonly (string Key, string Name, GenerationMode? Mode)[] Counted =
    [
        (IterationsCriterion.Key, "iterations", null),
        (JsonIterationsCriterion.Key, "JSON iterations", GenerationMode.Json),
        (FullCodeIterationsCriterion.Key, "full-code iterations", GenerationMode.FullCode),
    ];

    /// <param name="counts">Of every attempt; the current one is counted from the rows that its gate judges.</param>
    public static IReadOnlyList<StageEntry> Of(
        Rollout rollout,
        IReadOnlyList<StageAttempt> visits,
        IReadOnlyList<AttemptCount> counts,
        StageOptions stages,
        GateInputs inputs,
        GateDefinition definition,
        GateReport gate
    ) =>
        [
            .. Enum.GetValues<Stage>()
                .Select(stage =>
                    Entry(
                        stage,
                        rollout,
                        visits.LastOrDefault(visit => visit.Stage == stage),
                        stages.For(stage, rollout.IsDemo),
                        gate,
                        CountsOf(stage, rollout, visits, counts, inputs, definition)
                    )
                ),
        ];

    private static StageEntry Entry(
        Stage stage,
        Rollout rollout,
        StageAttempt? visit,
        TimeSpan minimum,
        GateReport gate,
        IReadOnlyList<StageCount> counts
    )
    {
        var isCurrent = stage == rollout.Stage;
        var state =
            isCurrent
                ? rollout.Phase switch
                {
                    RolloutPhase.RolledBack => "rolled back",
                    RolloutPhase.Halted => "halted",
                    RolloutPhase.Successful => "done",
                    _ => "current",
                }
            : stage < rollout.Stage ? "done"
            : "ahead";
        return new StageEntry(
            stage,
            state,
            visit?.Attempt ?? 0,
            visit?.StartedAt,
            visit?.EndedAt,
            visit?.StartedAt + minimum,
            counts,
            minimum,
            isCurrent ? gate.Verdict : visit?.GateVerdict
        )
        {
            GateLacks = isCurrent ? gate.Lacks : null,
        };
    }

    // The same unit before and after a promotion: what the stage's own gate asks for, in its latest attempt.
    private static IReadOnlyList<StageCount> CountsOf(
        Stage stage,
        Rollout rollout,
        IReadOnlyList<StageAttempt> visits,
        IReadOnlyList<AttemptCount> counts,
        GateInputs inputs,
        GateDefinition definition
    )
    {
        var criteria = definition
            .Stages.FirstOrDefault(gate => gate.Stage == stage)
            ?.Criteria.Where(criterion => criterion.Enabled)
            .ToList()
            ?? [];
        var attempt = visits.LastOrDefault(visit => visit.Stage == stage)?.Attempt ?? 1;
        return
        [
            .. from counted in Counted
            let target = criteria.Find(criterion => criterion.Key == counted.Key)?.Target
            where target is not null
            select new StageCount(counted.Name, Ended(counted.Mode), (int)Math.Ceiling(target.Value)),
        ];

        int Ended(GenerationMode? mode) =>
            stage == rollout.Stage
                ? inputs.Rows.Count(row => row.Counts && (mode is null || row.AssignedMode == mode))
                : counts
                    .Where(count =>
                        count.Stage == stage && count.Attempt == attempt && (mode is null || count.Mode == mode)
                    )
                    .Sum(count => count.Count);
    }
}
