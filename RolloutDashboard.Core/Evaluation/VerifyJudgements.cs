using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Entities.Evidence;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>Evaluates recorded inputs at the recorded instants and compares with what was recorded.</summary>
public sealed class VerifyJudgements(IDbContextFactory<RolloutDb> databases)
{
    private static readonly string[] Kinds = ["promotion", "override", "rollout-successful", "halt", "rollback"];

    /// <param name="latest">At most so many judgements, the latest ones; null for all.</param>
    public async Task<VerifiedJudgements> ExecuteAsync(int? latest, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var rollout = await db.CurrentRolloutAsync(cancellationToken).ConfigureAwait(false);
        var records = await db
            .Judgements.Where(row => row.RolloutId == rollout.Id)
            .OrderByDescending(row => row.Id)
            .Take(latest ?? int.MaxValue)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var stages = new Dictionary<Stage, IReadOnlyList<AttemptRow>>();
        foreach (var stage in Enum.GetValues<Stage>())
        {
            stages[stage] = await ReadEvidenceRows
                .OfStageAsync(db, rollout.Id, stage, cancellationToken)
                .ConfigureAwait(false);
        }

        var versions = await GateDefinitions.AllAsync(db, rollout.Id, cancellationToken).ConfigureAwait(false);
        var mismatches = new List<ReplayMismatch>();
        foreach (var record in records.AsEnumerable().Reverse())
        {
            cancellationToken.ThrowIfCancellationRequested();
            mismatches.AddRange(Compare(record, stages, versions));
        }

        var (decided, without) = await CompareDecisionsAsync(
                db,
                rollout,
                stages,
                versions,
                mismatches,
                cancellationToken
            )
            .ConfigureAwait(false);
        return new VerifiedJudgements(records.Count, decided, without, mismatches);
    }

    private static IEnumerable<ReplayMismatch> Compare(
        JudgementRecord record,
        Dictionary<Stage, IReadOnlyList<AttemptRow>> stages,
        IReadOnlyDictionary<int, GateDefinition> versions
    )
    {
        var judged = JsonSerializer.Deserialize<RolloutEvaluation>(record.InputsJson, GateInputSnapshot.Json)!;
        var outcome = JsonSerializer.Deserialize<JudgedOutcome>(record.OutcomeJson, GateInputSnapshot.Json)!;
        if (!versions.TryGetValue(judged.Gate.DefinitionVersion, out var gates))
        {
            yield return Mismatch(
                record,
                "gate definition",
                $"version {judged.Gate.DefinitionVersion}",
                "no such version"
            );
            yield break;
        }

        if (outcome.HasFaults)
        {
            // What threw then may be mended by now; that it threw is what was recorded.
            yield break;
        }

        var again = JudgedOutcome.Of(
            RolloutEvaluator.Evaluate(judged.With(gates, Inputs(judged.Gate, stages), Others(judged.Gate, stages)))
        );
        if (again.Signature() != outcome.Signature() || NumbersIn(again.Summary) != NumbersIn(outcome.Summary))
        {
            yield return Mismatch(
                record,
                "assessment",
                $"{outcome.Signature()} {outcome.Summary}",
                $"{again.Signature()} {again.Summary}"
            );
        }
    }

    private static ReplayMismatch Mismatch(JudgementRecord record, string what, string recorded, string replayed) =>
        new(record.At, record.Stage, record.UpToNumber, what, recorded, replayed);

    private static async Task<(int Decided, int Without)> CompareDecisionsAsync(
        RolloutDb db,
        Rollout rollout,
        Dictionary<Stage, IReadOnlyList<AttemptRow>> stages,
        IReadOnlyDictionary<int, GateDefinition> versions,
        List<ReplayMismatch> mismatches,
        CancellationToken cancellationToken
    )
    {
        var (decided, without) = (0, 0);
        var decisions = await db
            .Decisions.Where(row => row.RolloutId == rollout.Id && Kinds.Contains(row.Kind))
            .OrderBy(row => row.Sequence)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var decision in decisions)
        {
            using var inputs = JsonDocument.Parse(decision.InputsJson);
            if (!TryFindJudged(inputs.RootElement, out var recorded))
            {
                // A stop that a person asked for rests on no judgement.
                without += decision is { Kind: "rollback", Actor: not "system" } ? 0 : 1;
                continue;
            }

            if (IsOfFault(inputs.RootElement))
            {
                // A stop because a guard could not be evaluated rests on no evidence either.
                continue;
            }

            decided++;
            if (Again(decision, inputs.RootElement, recorded, stages, versions) is { } mismatch)
            {
                mismatches.Add(mismatch);
            }
        }

        return (decided, without);
    }

    private static bool TryFindJudged(JsonElement inputs, out JsonElement judged)
    {
        judged = default;
        return inputs.ValueKind == JsonValueKind.Object
            && inputs.TryGetProperty("judged", out judged)
            && judged.ValueKind == JsonValueKind.Object;
    }

    private static bool IsOfFault(JsonElement inputs) =>
        inputs.TryGetProperty("Rule", out var rule)
        && rule.GetString()?.StartsWith(AlertNames.Fault, StringComparison.Ordinal) == true;

    private static ReplayMismatch? Again(
        DecisionRecord decision,
        JsonElement inputs,
        JsonElement recorded,
        Dictionary<Stage, IReadOnlyList<AttemptRow>> stages,
        IReadOnlyDictionary<int, GateDefinition> versions
    )
    {
        var whole =
            decision.Kind == "rollback" ? recorded.Deserialize<RolloutEvaluation>(GateInputSnapshot.Json)! : null;
        var judged = whole?.Gate ?? recorded.Deserialize<GateInputSnapshot>(GateInputSnapshot.Json)!;
        if (!versions.TryGetValue(judged.DefinitionVersion, out var gates))
        {
            return Mismatch(
                decision,
                judged,
                decision.Kind,
                $"gate version {judged.DefinitionVersion}",
                "no such version"
            );
        }

        var rows = Inputs(judged, stages);
        var (was, now) = decision.Kind switch
        {
            "rollback" => Rollback(inputs, whole!.With(gates, rows, Others(judged, stages))),
            "halt" => (nameof(Recommendation.Halt), GateEvaluator.Evaluate(gates, rows).Recommendation.ToString()),
            _ => (
                inputs.GetProperty("verdict").GetString() ?? "",
                GateEvaluator.Evaluate(gates, rows).Verdict.ToString()
            ),
        };
        return was == now
            ? null
            : Mismatch(decision, judged, $"decision {decision.Sequence}, {decision.Kind}", was, now);
    }

    private static ReplayMismatch Mismatch(
        DecisionRecord decision,
        GateInputSnapshot judged,
        string what,
        string recorded,
        string replayed
    ) => new(decision.At, judged.Inputs.Stage, judged.Rows.UpTo, what, recorded, replayed);

    // A later release may word the same judgement otherwise; what it rests on may not differ.
    private static string NumbersIn(string? sentence) =>
        string.Join(
            ' ',
            string.Concat(
                    (sentence ?? "").Where(sign => sign != ',').Select(sign => char.IsAsciiDigit(sign) ? sign : ' ')
                )
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );

    private static (string Was, string Now) Rollback(JsonElement recorded, RolloutInputs inputs)
    {
        var rule = recorded.GetProperty("Rule").GetString();
        var due = RolloutEvaluator.Evaluate(inputs).Due.FirstOrDefault(step => step.Rule == rule);
        return (rule ?? "", due?.Rule ?? "nothing due");
    }

    private static IEnumerable<EvidenceRow> Others(
        GateInputSnapshot judged,
        Dictionary<Stage, IReadOnlyList<AttemptRow>> stages
    ) =>
        stages
            .SelectMany(stage =>
                stage.Value.Where(row => stage.Key != judged.Inputs.Stage || row.Attempt != judged.Rows.Attempt)
            )
            .Select(row => row.Row);

    private static GateInputs Inputs(GateInputSnapshot judged, Dictionary<Stage, IReadOnlyList<AttemptRow>> stages)
    {
        var rows = stages[judged.Inputs.Stage];
        return judged.Inputs with
        {
            Rows = judged.Rows.AsSeen(rows.Where(row => row.Attempt == judged.Rows.Attempt).Select(row => row.Row)),
            EarlierRows = judged.Rows.AsSeen(
                rows.Where(row => row.Attempt < judged.Rows.Attempt).Select(row => row.Row)
            ),
        };
    }
}
