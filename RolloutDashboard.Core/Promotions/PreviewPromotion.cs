using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Promotions;

/// <summary>Shows a promotion before it is confirmed.</summary>
public sealed class PreviewPromotion(
    IDbContextFactory<RolloutDb> databases,
    JudgeGate judgeGate,
    JsonKillSwitch jsonSwitch,
    IOptions<StageOptions> stages
)
{
    public async Task<PromotionPreview> ExecuteAsync(CancellationToken cancellationToken)
    {
        var mark = judgeGate.Mark();
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.BeginReadAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        return await InAsync(db, rollout, mark, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same inside the transaction that promotes, so that what is judged is what is committed.</summary>
    internal Task<PromotionPreview> InAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken) =>
        InAsync(db, rollout, judgeGate.Mark(), cancellationToken);

    private async Task<PromotionPreview> InAsync(
        RolloutDb db,
        Rollout rollout,
        EvidenceMark mark,
        CancellationToken cancellationToken
    )
    {
        var judged = await judgeGate.ExecuteAsync(db, rollout, mark, cancellationToken).ConfigureAwait(false);
        var gate = judged.Report;
        Stage? next = rollout.Stage == Stage.FullProduction ? null : rollout.Stage + 1;
        return new PromotionPreview(
            rollout.Name,
            rollout.Stage,
            next,
            rollout.StateVersion,
            PromotionPreconditions.Fingerprint(rollout, gate),
            judged.ConfigurationNumber,
            next is { } stage ? ConfigurationDiff.Between(judged.Configuration, stages.Value.StartOf(stage)) : [],
            gate,
            PromotionPreconditions.Lock(
                rollout.Phase,
                rollout.PhaseReason,
                jsonSwitch.WhyNot(),
                await RunningGradualRollback.FindAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)
                    is not null
            ),
            NoOverride(next, gate),
            GateInputSnapshot.Of(gate.DefinitionVersion, rollout.Attempt, judged.Inputs)
        );
    }

    private static string? NoOverride(Stage? next, GateReport gate)
    {
        var integrity = gate.Criteria.FirstOrDefault(criterion => criterion.Key == IntegrityCriterion.Key);
        return next is null ? "Gate 3.4 ends the rollout; nobody can declare it successful against the evidence."
            : gate.Verdict == Verdict.Pass ? "The gate passes; promote without an override."
            : integrity is { Verdict: not Verdict.Pass }
                ? $"Evidence integrity: {integrity.Actual}. Blocking findings are fixed, or dismissed one by one with a reason; an override does not reach them."
            : null;
    }
}
