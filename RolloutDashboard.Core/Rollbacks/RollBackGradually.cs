using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Rollbacks;

/// <summary>
/// The gradual rollback: lowers the JSON share in steps and watches each; ends when JSON recovers, else goes on to the
/// immediate one. Every step goes on from the step that is recorded, so that a restart repeats none.
/// </summary>
public sealed class RollBackGradually(
    IDbContextFactory<RolloutDb> databases,
    Transitions transitions,
    JsonKillSwitch jsonSwitch,
    IRolloutChanges changes,
    TimeProvider clock
)
{
    /// <summary>Why none can begin; null when one can.</summary>
    public static async Task<string?> WhyNotAsync(
        RolloutDb db,
        Rollout rollout,
        string? jsonOff,
        CancellationToken cancellationToken
    )
    {
        var configuration = StageConfiguration.FromJson(
            (await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false)).ValuesJson
        );
        return rollout.Phase is RolloutPhase.RolledBack or RolloutPhase.Successful
            || jsonOff is not null
            || !configuration.JsonModeEnabled
                ? "JSON mode is off or the rollout is over; there is no share to lower."
            : await RunningGradualRollback.FindAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)
                is not null
                ? "A gradual rollback is going on already."
            : configuration is not { UseJsonMode: true, JsonModeProbability: { } share }
                ? $"Stage {rollout.Stage.Number()} assigns by source, so there is no share to lower; Roll back stops JSON mode at once."
            : GradualWatch.NextBelow(share) is null
                ? $"The share is {FigureFormatter.ShortPercent(share)} already; Roll back stops JSON mode at once."
            : null;
    }

    /// <param name="seenVersion">State version that the person saw.</param>
    public async Task<TransitionResult> StartAsync(
        string actor,
        long seenVersion,
        string reason,
        CancellationToken cancellationToken
    )
    {
        if (WrittenReason.Fault("The reason", reason) is { } fault)
        {
            return new TransitionResult(false, fault);
        }

        return await transitions
            .ApplyAsync(
                seenVersion,
                async (db, rollout, token) =>
                {
                    if (await WhyNotAsync(db, rollout, jsonSwitch.WhyNot(), token).ConfigureAwait(false) is { } whyNot)
                    {
                        return (null, whyNot);
                    }

                    return await BeginAsync(db, rollout, actor, reason.Trim(), token).ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<(DecisionDraft? Draft, string Message)> BeginAsync(
        RolloutDb db,
        Rollout rollout,
        string actor,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var procedure = new Procedure
        {
            RolloutId = rollout.Id,
            Kind = Procedure.Gradual,
            Actor = actor,
            Reason = reason,
            StartedAt = now,
            Step = -1,
        };
        db.Procedures.Add(procedure);
        var text = await LowerAsync(db, rollout, procedure, actor, now, cancellationToken).ConfigureAwait(false);
        return (
            new DecisionDraft(
                "gradual-started",
                actor,
                $"Gradual rollback of stage {rollout.Stage.Number()} began. {text}",
                reason,
                new { share = procedure.Share }
            ),
            $"{text} Now watching."
        );
    }

    /// <summary>Ends the procedure at a person's word; the share stays where it is.</summary>
    public async Task<TransitionResult> EndAsync(
        string actor,
        long seenVersion,
        string reason,
        CancellationToken cancellationToken
    )
    {
        if (WrittenReason.Fault("The reason", reason) is { } fault)
        {
            return new TransitionResult(false, fault);
        }

        return await transitions
            .ApplyAsync(
                seenVersion,
                async (db, rollout, token) =>
                {
                    if (
                        await RunningGradualRollback.FindAsync(db, rollout.Id, token).ConfigureAwait(false)
                        is not { } procedure
                    )
                    {
                        return (null, "No gradual rollback is going on.");
                    }

                    var text = string.Create(
                        CultureInfo.InvariantCulture,
                        $"The gradual rollback was ended at a share of {FigureFormatter.ShortPercent(procedure.Share!.Value)}, which stays."
                    );
                    procedure.End(ProcedureState.Ended, text, clock.GetUtcNow());
                    return (
                        new DecisionDraft("gradual-ended", actor, text, reason.Trim(), new { share = procedure.Share }),
                        text
                    );
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Looks at the procedure that goes on and does what is due, but for the immediate rollback.</summary>
    /// <returns>The immediate rollback that is due, again at each look until it is committed; null when none
    /// is.</returns>
    public async Task<StopJsonRequest?> FollowAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        if (
            await RunningGradualRollback.FindAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false)
            is not { } procedure
        )
        {
            return null;
        }

        if (rollout.Phase is RolloutPhase.RolledBack or RolloutPhase.Successful)
        {
            procedure.End(
                ProcedureState.Ended,
                "JSON mode was switched off or the rollout ended meanwhile.",
                clock.GetUtcNow()
            );
            await db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }

        var watch = GradualWatch.Of(
            await RowsSinceAsync(db, procedure, cancellationToken).ConfigureAwait(false),
            clock.GetUtcNow() - procedure.StepStartedAt
        );
        return await ActAsync(db, procedure, watch, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StopJsonRequest?> ActAsync(
        RolloutDb db,
        Procedure procedure,
        GradualWatch watch,
        CancellationToken cancellationToken
    )
    {
        switch (watch.Finding)
        {
            case GradualFinding.Recovered:
                await RecoverAsync(procedure, watch, cancellationToken).ConfigureAwait(false);
                return null;
            case GradualFinding.GoOn when GradualWatch.NextBelow(procedure.Share!.Value) is not null:
                await GoOnAsync(procedure, watch, cancellationToken).ConfigureAwait(false);
                return null;
            case GradualFinding.GoOn:
                return new StopJsonRequest(
                    "immediate",
                    "system",
                    $"The gradual rollback goes on to the immediate one. {watch.Text}",
                    new
                    {
                        procedure.Id,
                        procedure.Share,
                        procedure.Actor,
                    }
                );
            default:
                await NoteAsync(db, procedure, watch, cancellationToken).ConfigureAwait(false);
                return null;
        }
    }

    /// <summary>Ends a procedure that a stop takes over; inside the stop's own transaction.</summary>
    internal static async Task TakeOverAsync(
        RolloutDb db,
        int rolloutId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            await RunningGradualRollback.FindAsync(db, rolloutId, cancellationToken).ConfigureAwait(false) is
            { } procedure
        )
        {
            procedure.Note(
                new ProcedureStep("Immediate rollback", "done", now, "Took over; its own steps follow there.")
            );
            procedure.End(ProcedureState.Escalated, "The immediate rollback took over.", now);
        }
    }

    private Task<TransitionResult> RecoverAsync(
        Procedure seen,
        GradualWatch watch,
        CancellationToken cancellationToken
    ) =>
        GuardedAsync(
            seen,
            (_, _, procedure, now, _) =>
            {
                procedure.Note(Watched(procedure, "done", now, watch.Text));
                var text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"The gradual rollback ended at a share of {FigureFormatter.ShortPercent(procedure.Share!.Value)}. {watch.Text} The share stays until an administrator changes it."
                );
                procedure.End(ProcedureState.Succeeded, text, now);
                return Task.FromResult(
                    (
                        new DecisionDraft(
                            "gradual-recovered",
                            "system",
                            text,
                            null,
                            new { procedure.Share, watch.Text }
                        ),
                        text
                    )
                );
            },
            cancellationToken
        );

    private Task<TransitionResult> GoOnAsync(Procedure seen, GradualWatch watch, CancellationToken cancellationToken) =>
        GuardedAsync(
            seen,
            async (db, rollout, procedure, now, token) =>
            {
                procedure.Note(Watched(procedure, "failed", now, watch.Text));
                var text = await LowerAsync(db, rollout, procedure, "system", now, token).ConfigureAwait(false);
                return (
                    new DecisionDraft(
                        "gradual-step",
                        "system",
                        $"Gradual rollback: {watch.Text} {text}",
                        null,
                        new { procedure.Share, watch.Text }
                    ),
                    text
                );
            },
            cancellationToken
        );

    // The step that was judged must still be the one that goes on: another look, or a restart, may have been there
    // first.
    private Task<TransitionResult> GuardedAsync(
        Procedure seen,
        Func<
            RolloutDb,
            Rollout,
            Procedure,
            DateTimeOffset,
            CancellationToken,
            Task<(DecisionDraft Draft, string Message)>
        > change,
        CancellationToken cancellationToken
    ) =>
        transitions.ApplyAsync(
            seenVersion: null,
            async (db, rollout, token) =>
                await RunningGradualRollback.FindAsync(db, rollout.Id, token).ConfigureAwait(false) is { } procedure
                && procedure.Id == seen.Id
                && procedure.Step == seen.Step
                    ? await change(db, rollout, procedure, clock.GetUtcNow(), token).ConfigureAwait(false)
                    : ((DecisionDraft?)null, "The step was done already."),
            cancellationToken
        );

    private static async Task<string> LowerAsync(
        RolloutDb db,
        Rollout rollout,
        Procedure procedure,
        string actor,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var configuration = StageConfiguration.FromJson(inForce.ValuesJson);
        var before = configuration.JsonModeProbability!.Value;
        var share = GradualWatch.NextBelow(before)!.Value;
        var version = await ConfigurationNumbers
            .PutInForceAsync(
                db,
                rollout,
                configuration with
                {
                    JsonModeProbability = share,
                },
                inForce.Basis,
                actor,
                "Step of a gradual rollback.",
                now,
                cancellationToken
            )
            .ConfigureAwait(false);
        procedure.Step++;
        (procedure.Share, procedure.StepStartedAt) = (share, now);
        procedure.LastNumberBefore = await LastNumberAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"json_mode_probability went from {before} to {share} (configuration {version.Number})."
        );
        procedure.Note(new ProcedureStep($"Share to {FigureFormatter.ShortPercent(share)}", "done", now, text));
        procedure.Note(Watched(procedure, "running", null, "Watching: no JSON iteration has ended since."));
        return text;
    }

    private static async Task<long> LastNumberAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        await db
            .Iterations.Where(row => row.RolloutId == rollout.Id && row.Environment == RolloutEnvironment.Production)
            .MaxAsync(row => (long?)row.Number, cancellationToken)
            .ConfigureAwait(false)
        ?? 0;

    private async Task NoteAsync(
        RolloutDb db,
        Procedure procedure,
        GradualWatch watch,
        CancellationToken cancellationToken
    )
    {
        var (id, step, before) = (procedure.Id, procedure.Step, procedure.StepsJson);
        procedure.Note(Watched(procedure, "running", null, watch.Text));
        var after = procedure.StepsJson;
        if (
            after != before
            && await db
                .Procedures.Where(row => row.Id == id && row.Step == step && row.State == ProcedureState.Running)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.StepsJson, after), cancellationToken)
                .ConfigureAwait(false) > 0
        )
        {
            changes.Publish();
        }
    }

    private static async Task<IReadOnlyList<EvidenceRow>> RowsSinceAsync(
        RolloutDb db,
        Procedure procedure,
        CancellationToken cancellationToken
    ) =>
        await db
            .Iterations.Where(row =>
                row.RolloutId == procedure.RolloutId
                && row.Environment == RolloutEnvironment.Production
                && row.Number > procedure.LastNumberBefore
            )
            .OrderBy(row => row.Number)
            .Select(row => new EvidenceRow
            {
                Number = row.Number,
                AssignedMode = row.AssignedMode,
                EffectiveMode = row.EffectiveMode,
                Kind = row.Kind,
                Status = row.Status,
                Level = row.Level,
                StartedAt = row.ClaimedAt,
            })
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);

    private static ProcedureStep Watched(Procedure procedure, string state, DateTimeOffset? at, string text) =>
        new($"Watch at {FigureFormatter.ShortPercent(procedure.Share!.Value)}", state, at, text);
}
