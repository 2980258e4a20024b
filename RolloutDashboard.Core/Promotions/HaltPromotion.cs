using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions;

/// <summary>Halts the rollout when gate 3.2 says so at its minimum samples: promotion is locked until a person resolves
/// it.</summary>
public sealed class HaltPromotion(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    JudgeGate judgeGate,
    TimeProvider clock
)
{
    /// <summary>Halts if that is due; does nothing in other stages, in other phases, and once a person has resolved it
    /// in this attempt.</summary>
    /// <returns>Whether the rollout was halted now.</returns>
    public async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using (var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false))
        {
            var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
            if (!await CanHaltAsync(db, rollout, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        var result = await transitions
            .ApplyAsync(
                seenVersion: null,
                async (db, rollout, token) =>
                {
                    if (await DueAsync(db, rollout, token).ConfigureAwait(false) is not { } due)
                    {
                        return (null, "No halt is due any more.");
                    }

                    await Halt.NoteAsync(db, rollout, due.Gate.Summary, clock.GetUtcNow(), token).ConfigureAwait(false);
                    (rollout.Phase, rollout.PhaseReason) = (RolloutPhase.Halted, due.Gate.Summary);
                    return (Draft(rollout, due.Gate, due.Judged), "Halted.");
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return result.Succeeded;
    }

    private static async Task<bool> CanHaltAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        rollout is { Phase: RolloutPhase.Active, Stage: Stage.Hybrid }
        && !await db
            .StageAttempts.AnyAsync(
                visit =>
                    visit.RolloutId == rollout.Id
                    && visit.Stage == rollout.Stage
                    && visit.Attempt == rollout.Attempt
                    && visit.HaltResolvedAt != null,
                cancellationToken
            )
            .ConfigureAwait(false);

    private async Task<(GateReport Gate, GateInputSnapshot Judged)?> DueAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    )
    {
        if (!await CanHaltAsync(db, rollout, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var judged = await judgeGate
            .ExecuteAsync(db, rollout, judgeGate.Mark(), cancellationToken)
            .ConfigureAwait(false);
        var gate = judged.Report;
        return gate.Recommendation == Recommendation.Halt
            ? (gate, GateInputSnapshot.Of(gate.DefinitionVersion, rollout.Attempt, judged.Inputs))
            : null;
    }

    private static DecisionDraft Draft(Rollout rollout, GateReport gate, GateInputSnapshot judged) =>
        new(
            "halt",
            "system",
            $"Halted in stage {rollout.Stage.Number()}: promotion is locked. {gate.Summary}",
            null,
            Inputs(gate, judged)
        );

    private static object Inputs(GateReport gate, GateInputSnapshot judged)
    {
        var ratio = gate.Criteria.FirstOrDefault(criterion => criterion.Key == SuccessRatioCriterion.Key);
        return new
        {
            decision = gate.Recommendation.ToString(),
            ratio?.Actual,
            ratio?.Target,
            ratio?.N,
            gate.DefinitionVersion,
            judged = judged.ToJson(),
        };
    }
}
