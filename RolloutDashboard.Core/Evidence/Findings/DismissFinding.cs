using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Findings;

/// <summary>Takes a finding's weight away for a written reason; the finding stays visible and the decision is
/// recorded.</summary>
public sealed class DismissFinding(Transitions transitions, TimeProvider clock)
{
    /// <summary>Least length of a reason, in characters.</summary>
    public const int ShortestReason = 20;

    private static readonly string TooShort = string.Create(
        CultureInfo.InvariantCulture,
        $"Write a reason of at least {ShortestReason} characters: others will have to rely on it."
    );

    /// <param name="seenSeverity">The weight that the person saw; a finding that weighs more by now is not
    /// dismissed.</param>
    public Task<TransitionResult> ExecuteAsync(
        long findingId,
        FindingSeverity seenSeverity,
        string reason,
        string actor,
        CancellationToken cancellationToken
    )
    {
        var words = reason.Trim();
        if (words.Length < ShortestReason)
        {
            return Task.FromResult(new TransitionResult(false, TooShort));
        }

        return transitions.ApplyAsync(
            seenVersion: null,
            async (db, rollout, token) =>
            {
                var finding = await db
                    .Findings.AsTracking()
                    .SingleOrDefaultAsync(row => row.Id == findingId && row.RolloutId == rollout.Id, token)
                    .ConfigureAwait(false);
                if (Refusal(finding, seenSeverity) is { } refusal)
                {
                    return (null, refusal);
                }

                (finding!.DismissedAt, finding.DismissedBy, finding.DismissReason) = (clock.GetUtcNow(), actor, words);
                return (
                    Draft(finding, actor, words),
                    "The finding is dismissed and no longer blocks; the reason stays beside it."
                );
            },
            cancellationToken
        );
    }

    private static DecisionDraft Draft(FindingRecord finding, string actor, string words)
    {
        var text = $"The finding {finding.Code} ({finding.Subject}) was dismissed: {finding.Sentence}";
        var inputs = new
        {
            finding.Id,
            finding.Code,
            finding.Subject,
            severity = finding.Severity.ToString(),
            finding.NumbersJson,
            finding.IterationCount,
            finding.FirstSeenAt,
        };
        return new DecisionDraft("finding-dismissed", actor, text, words, inputs);
    }

    private static string? Refusal(FindingRecord? finding, FindingSeverity seen) =>
        finding switch
        {
            null => "There is no such finding in this rollout.",
            { ClearedAt: not null } => "The finding no longer holds, so there is nothing to dismiss.",
            { DismissedBy: { } person } => $"The finding was dismissed already, by {person}.",
            _ when finding.Severity > seen =>
                "The finding weighs more than when you read it. Read it again and repeat the dismissal if it is still right.",
            _ => null,
        };
}
