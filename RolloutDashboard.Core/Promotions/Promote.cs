using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Promotions;

/// <summary>
/// Promotes to the next stage while the gate passes, judged inside the transaction; or over a gate that does not, by an
/// override that stays visible. Gate 3.4 ends the rollout instead.
/// </summary>
public sealed partial class Promote(
    Transitions transitions,
    PreviewPromotion previewPromotion,
    IEnumerable<IBeforePromotion> before,
    IOptions<StageOptions> stages,
    TimeProvider clock,
    ILogger<Promote> logger
)
{
    /// <summary>Longest time for which an override may be given.</summary>
    public static readonly TimeSpan LongestOverride = TimeSpan.FromDays(30);

    private const string EvidenceChanged =
        "The evidence has changed since you opened this. Look at it as it stands now and confirm again if it is still right.";

    public async Task<PromotionResult> ExecuteAsync(PromoteRequest request, CancellationToken cancellationToken)
    {
        // Asked before, so that a promotion that will be refused costs no backup; what counts is asked again inside.
        if (Refusal(await previewPromotion.ExecuteAsync(cancellationToken).ConfigureAwait(false), request) is { } early)
        {
            return early;
        }

        if (await PrepareAsync(cancellationToken).ConfigureAwait(false) is { } fault)
        {
            return new PromotionResult(false, fault);
        }

        PromotionResult? refusal = null;
        var result = await transitions
            .ApplyAsync(
                request.SeenVersion,
                async (db, rollout, token) =>
                {
                    var preview = await previewPromotion.InAsync(db, rollout, token).ConfigureAwait(false);
                    refusal = Refusal(preview, request);
                    return refusal is not null
                        ? (null, refusal.Message)
                        : await ApplyAsync(db, rollout, preview, request, token).ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return refusal ?? new PromotionResult(result.Succeeded, result.Message, LookAgain: !result.Succeeded);
    }

    private PromotionResult? Refusal(PromotionPreview preview, PromoteRequest request)
    {
        if (preview.Locked is { } locked)
        {
            return new PromotionResult(false, locked);
        }

        var words =
            request.Override is { } given ? preview.NoOverride ?? OverrideFault(given, preview.RolloutName)
            : PromotionPreconditions.GateWords(preview.Gate) is { } shut
                ? $"Not promoted: the gate does not pass. {shut}."
            : null;
        return preview.StateVersion != request.SeenVersion
                ? new PromotionResult(
                    false,
                    "The rollout has changed since you opened this. Look at it as it stands now and confirm again if it is still right.",
                    LookAgain: true
                )
            : preview.Evidence != request.SeenEvidence ? new PromotionResult(false, EvidenceChanged, LookAgain: true)
            : words is not null ? new PromotionResult(false, words)
            : null;
    }

    private string? OverrideFault(GateOverride given, string rolloutName)
    {
        var now = clock.GetUtcNow();
        return WrittenReason.Fault("The reason", given.Reason)
            ?? (
                given.TypedName.Trim() != rolloutName
                    ? $"Type the rollout's name, {rolloutName}, to confirm the override."
                    : null
            )
            ?? (given.ExpiresAt <= now ? "The override must end in the future." : null)
            ?? (
                given.ExpiresAt > now + LongestOverride
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"An override lasts {LongestOverride.TotalDays:0} days at most."
                    )
                    : null
            );
    }

#pragma warning disable CA1031 // Whatever keeps a preparation from ending refuses the promotion and is told.
    private async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var step in before)
        {
            try
            {
                await step.ExecuteAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotPrepared(logger, step.Name, exception);
                return $"Not promoted: {step.Name} before the promotion failed: {exception.Message}";
            }
        }

        return null;
    }
#pragma warning restore CA1031

    private async Task<(DecisionDraft? Draft, string Message)> ApplyAsync(
        RolloutDb db,
        Rollout rollout,
        PromotionPreview preview,
        PromoteRequest request,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var isOverride = request.Override is not null;
        await CloseAttemptAsync(db, rollout, preview, isOverride, now, cancellationToken).ConfigureAwait(false);
        if (preview.To is not { } next)
        {
            return Succeed(rollout, preview, request);
        }

        var inForce = await ConfigurationNumbers.InForceAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        await EnterAsync(db, rollout, next, request, now, cancellationToken).ConfigureAwait(false);
        var version = await ConfigurationNumbers
            .PutInForceAsync(
                db,
                rollout,
                stages.Value.StartOf(next),
                inForce.Basis,
                request.Actor,
                $"Promotion to stage {next.Number()}.",
                now,
                cancellationToken
            )
            .ConfigureAwait(false);
        return Promoted(preview, next, version.Number, request);
    }

    private static (DecisionDraft? Draft, string Message) Succeed(
        Rollout rollout,
        PromotionPreview preview,
        PromoteRequest request
    )
    {
        (rollout.Phase, rollout.PhaseReason) = (RolloutPhase.Successful, preview.Gate.Summary);
        return (
            new DecisionDraft(
                "rollout-successful",
                request.Actor,
                "Gate 3.4 passed: the rollout is successful.",
                null,
                Inputs(preview, null, null)
            ),
            "The rollout is successful."
        );
    }

    private static async Task EnterAsync(
        RolloutDb db,
        Rollout rollout,
        Stage next,
        PromoteRequest request,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var attempt =
            await db
                .StageAttempts.Where(visit => visit.RolloutId == rollout.Id && visit.Stage == next)
                .MaxAsync(visit => (int?)visit.Attempt, cancellationToken)
                .ConfigureAwait(false) + 1
            ?? 1;
        (rollout.Stage, rollout.Attempt, rollout.StageStartedAt, rollout.AttemptStartedAt, rollout.PhaseReason) = (
            next,
            attempt,
            now,
            now,
            null
        );
        db.StageAttempts.Add(
            new StageAttempt
            {
                RolloutId = rollout.Id,
                Stage = next,
                Attempt = attempt,
                StartedAt = now,
                OverrideBy = request.Override is null ? null : request.Actor,
                OverrideReason = request.Override?.Reason.Trim(),
                OverrideExpiresAt = request.Override?.ExpiresAt,
            }
        );
    }

    private static (DecisionDraft? Draft, string Message) Promoted(
        PromotionPreview preview,
        Stage next,
        int configurationNumber,
        PromoteRequest request
    )
    {
        var isOverride = request.Override is not null;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Promoted from stage {preview.From.Number()} to {next.Number()}{(isOverride ? " by override" : "")} (configuration {configurationNumber}). {preview.Gate.Summary}"
        );
        return (
            new DecisionDraft(
                isOverride ? "override" : "promotion",
                request.Actor,
                text,
                request.Override?.Reason.Trim(),
                Inputs(preview, configurationNumber, request.Override?.ExpiresAt)
            ),
            $"Promoted to stage {next.Number()}, {next.Title()}{(isOverride ? ", by override" : "")}."
        );
    }

    private static Task<int> CloseAttemptAsync(
        RolloutDb db,
        Rollout rollout,
        PromotionPreview preview,
        bool isOverride,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var outcome =
            preview.To is null ? "successful"
            : isOverride ? "promoted by override"
            : "promoted";
        return db
            .StageAttempts.Where(visit =>
                visit.RolloutId == rollout.Id && visit.Stage == rollout.Stage && visit.Attempt == rollout.Attempt
            )
            .ExecuteUpdateAsync(
                update =>
                    update
                        .SetProperty(visit => visit.EndedAt, now)
                        .SetProperty(visit => visit.Outcome, outcome)
                        .SetProperty(visit => visit.GateVerdict, preview.Gate.Verdict)
                        .SetProperty(visit => visit.GateDefinitionNumber, preview.Gate.DefinitionVersion),
                cancellationToken
            );
    }

    private static object Inputs(PromotionPreview preview, int? after, DateTimeOffset? overrideExpires) =>
        new
        {
            from = preview.From.Number(),
            to = preview.To?.Number(),
            configurationBefore = preview.ConfigurationNumber,
            configurationAfter = after,
            changes = preview.Changes,
            evidence = preview.Evidence,
            verdict = preview.Gate.Verdict.ToString(),
            gateDefinition = preview.Gate.DefinitionVersion,
            overrideExpires,
            judged = preview.Judged?.ToJson(),
            criteria = preview.Gate.Criteria.Select(criterion => new
            {
                criterion.Key,
                Verdict = criterion.Verdict.ToString(),
                criterion.Target,
                criterion.Actual,
                criterion.N,
                criterion.Proven,
                ProvenForMode = criterion.ForMode?.Proven,
            }),
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Step} before a promotion failed; the promotion was refused.")]
    private static partial void LogNotPrepared(ILogger logger, string step, Exception exception);
}
