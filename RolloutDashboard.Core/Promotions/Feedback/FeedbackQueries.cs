using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Promotions.Feedback;

/// <summary>Reads answers and sign-offs of the latest rollout.</summary>
public sealed class FeedbackQueries(IDbContextFactory<RolloutDb> databases) : IFeedbackQueries
{
    private const int ListLength = 200;

    public async Task<FeedbackView> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var answers = await AnswersAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var signOffs = await SignOffsAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var score = await FeedbackFacts.ScoreAsync(db, rollout, cancellationToken).ConfigureAwait(false);
        var gates = await GateDefinitions.InForceAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        return new FeedbackView(
            rollout.Stage,
            rollout.Attempt,
            score,
            Target(gates, rollout.Stage),
            gates.FeedbackPeople,
            answers,
            signOffs
        );
    }

    private static Task<List<FeedbackLine>> AnswersAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db
            .FeedbackAnswers.Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .Take(ListLength)
            .Select(row => new FeedbackLine(
                row.Id,
                row.Stage,
                row.Attempt,
                row.UserId,
                row.UserName,
                row.Score,
                row.Comment,
                row.At,
                row.IsCurrent
            ))
            .ToListAsync(cancellationToken);

    private static Task<List<SignOffLine>> SignOffsAsync(
        RolloutDb db,
        Rollout rollout,
        CancellationToken cancellationToken
    ) =>
        db
            .BusinessSignOffs.Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .Take(ListLength)
            .Select(row => new SignOffLine(
                row.Id,
                row.Attempt,
                row.Name,
                row.Statement,
                row.At,
                row.WithdrawnAt,
                row.WithdrawnBy
            ))
            .ToListAsync(cancellationToken);

    // Stages without the criterion show what the nearest later gate will ask for.
    private static double Target(GateDefinition gates, Stage stage) =>
        gates
            .Stages.Where(gate => gate.Stage >= stage)
            .SelectMany(gate => gate.Criteria)
            .FirstOrDefault(criterion => criterion is { Key: FeedbackCriterion.Key, Enabled: true })
            ?.Target
        ?? 0;
}
