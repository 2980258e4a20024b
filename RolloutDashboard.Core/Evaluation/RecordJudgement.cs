using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>
/// Keeps a live assessment with what it was made from: whenever verdict, alerts or actions change, and now and then in
/// between, so that a replay can show that it says the same.
/// </summary>
internal static class RecordJudgement
{
    private const long SampleEvery = 200;
    private static readonly TimeSpan SampleAfter = TimeSpan.FromMinutes(10);

    /// <summary>Adds the judgement to the context if it is to be kept; the caller saves.</summary>
    public static async Task AddAsync(
        RolloutDb db,
        Rollout rollout,
        RolloutEvaluation judged,
        RolloutAssessment assessment,
        CancellationToken cancellationToken
    )
    {
        var last = await db
            .Judgements.Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .Select(row => new
            {
                row.At,
                row.UpToNumber,
                row.Signature,
            })
            .FirstOrDefaultAsync(cancellationToken)
            .ConfigureAwait(false);
        var outcome = JudgedOutcome.Of(assessment);
        var signature = $"{rollout.Stage}/{rollout.Attempt}|{outcome.Signature()}";
        var (at, upTo) = (judged.Gate.Inputs.Now, judged.Gate.Rows.UpTo);
        if (
            last is not null
            && last.Signature == signature
            && upTo - last.UpToNumber < SampleEvery
            && (at - last.At < SampleAfter || upTo == last.UpToNumber)
        )
        {
            return;
        }

        db.Judgements.Add(Record(rollout, judged, assessment.Gate.Verdict, outcome, signature));
    }

    private static JudgementRecord Record(
        Rollout rollout,
        RolloutEvaluation judged,
        Verdict verdict,
        JudgedOutcome outcome,
        string signature
    ) =>
        new()
        {
            RolloutId = rollout.Id,
            At = judged.Gate.Inputs.Now,
            Stage = rollout.Stage,
            Attempt = rollout.Attempt,
            UpToNumber = judged.Gate.Rows.UpTo,
            Verdict = verdict,
            Signature = signature,
            InputsJson = JsonSerializer.Serialize(judged, GateInputSnapshot.Json),
            OutcomeJson = outcome.ToJson(),
        };
}
