using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Rollouts.Procedures;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts;

/// <summary>What a promotion would do, and the evidence for it, as of one moment.</summary>
/// <param name="To">The next stage; null from 3.4, whose gate ends the rollout.</param>
/// <param name="StateVersion">To be given back on confirming.</param>
/// <param name="Evidence">Fingerprint of the verdicts, likewise.</param>
/// <param name="Changes">Flags that the next stage's configuration changes.</param>
/// <param name="Locked">Why neither promotion nor override is possible; null when one is.</param>
/// <param name="NoOverride">Why the gate can't be overridden; null when it can.</param>
/// <param name="Judged">What the gate was judged from, for the decision record.</param>
public sealed record PromotionPreview(
    string RolloutName,
    Stage From,
    Stage? To,
    long StateVersion,
    string Evidence,
    int ConfigurationNumber,
    IReadOnlyList<FlagChange> Changes,
    GateReport Gate,
    string? Locked,
    string? NoOverride,
    JudgedGate? Judged = null)
{
    public bool MayPromote => Locked is null && Gate.Verdict == Verdict.Pass;
}

/// <summary>Shows a promotion before it is confirmed.</summary>
public sealed class PreviewPromotion(IDbContextFactory<RolloutDb> databases, ReadGateInputs readGateInputs, JsonSwitch jsonSwitch, IOptions<StageOptions> stages)
{
    public async Task<PromotionPreview> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using var oneMoment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, cancellationToken).ConfigureAwait(false);
        var rollout = await db.Rollouts.OrderByDescending(row => row.Id).FirstAsync(cancellationToken).ConfigureAwait(false);
        return await InAsync(db, rollout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same inside the transaction that promotes, so that what is judged is what is committed.</summary>
    internal async Task<PromotionPreview> InAsync(RolloutDb db, Rollout rollout, CancellationToken cancellationToken)
    {
        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var configuration = StageConfiguration.FromJson(inForce.ValuesJson);
        var inputs = await readGateInputs.ExecuteAsync(db, rollout, configuration, cancellationToken).ConfigureAwait(false);
        var gate = GateEvaluator.Evaluate(await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false), inputs);
        Stage? next = rollout.Stage == Stage.FullProduction ? null : rollout.Stage + 1;
        return new PromotionPreview(
            rollout.Name, rollout.Stage, next, rollout.StateVersion, PromotionGround.Fingerprint(rollout, gate), inForce.Number,
            next is { } stage ? ConfigurationDiff.Between(configuration, stages.Value.StartOf(stage)) : [],
            gate,
            PromotionGround.Lock(rollout.Phase, rollout.PhaseReason, jsonSwitch.WhyNot(), await RollBackGradually.RunningAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false) is not null),
            NoOverride(next, gate),
            JudgedGate.Of(gate.DefinitionVersion, rollout.Attempt, inputs));
    }

    private static string? NoOverride(Stage? next, GateReport gate)
    {
        var integrity = gate.Criteria.FirstOrDefault(criterion => criterion.Key == CriterionKeys.Integrity);
        return next is null ? "Gate 3.4 ends the rollout; nobody can declare it successful against the evidence."
            : gate.Verdict == Verdict.Pass ? "The gate passes; promote without an override."
            : integrity is { Verdict: not Verdict.Pass } ? $"Evidence integrity: {integrity.Actual}. Blocking findings are fixed, or dismissed one by one with a reason; an override does not reach them."
            : null;
    }
}
