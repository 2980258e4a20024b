using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>
/// Judges a whole history as if it were the evidence window of a stage. What records of iterations can't answer is
/// named, and keeps the gate from passing.
/// </summary>
internal static class JudgeHistory
{
    private static readonly DateTimeOffset NoTime = DateTimeOffset.UnixEpoch;

    // Fail closed: whatever goes wrong is the gate's verdict, and the other gates are still told.
#pragma warning disable CA1031
    public static HistoryGate Of(HistoryRecords history, HistoryPolicy policy, Stage stage)
    {
        try
        {
            return Judge(history, policy, stage);
        }
        catch (Exception exception)
        {
            return new HistoryGate(
                stage,
                Verdict.Error,
                $"Gate {stage.Number()} could not be judged: {exception.Message}",
                [],
                []
            );
        }
    }
#pragma warning restore CA1031

    private static HistoryGate Judge(HistoryRecords history, HistoryPolicy policy, Stage stage)
    {
        var hasTimes =
            history.Records.Count > 0
            && history.Records.All(one => one.StartedAt is { } at && HistoryTime.IsUsable(at));
        var criteria = EnabledCriteria(policy, stage);
        var unanswerable = Unanswerable(criteria, history, hasTimes);
        var asked = criteria.Where(one => !unanswerable.ContainsKey(one.Key)).ToArray();
        var declared = Inputs(
            history.Records.Where(one => HistoryArms.Of(one) is not null),
            history,
            policy,
            stage,
            hasTimes
        );
        var whole = Inputs(history.Records, history, policy, stage, hasTimes);
        CriterionResult[] results =
        [
            .. Evaluate(policy.Gates, stage, asked.Where(IsOfAnArm), declared),
            .. Evaluate(policy.Gates, stage, asked.Where(one => !IsOfAnArm(one)), whole),
        ];
        var ordered = results
            .OrderBy(one => PhaseOf(one.Key))
            .ThenBy(one => Array.FindIndex(criteria, known => known.Key == one.Key))
            .ToArray();
        var gaps = Gaps(unanswerable, ordered);
        var answered = ordered.Where(one => one.Verdict != Verdict.NotMeasured).ToArray();
        var evidence = new GateEvidence(policy.Gates, declared);
        var (verdict, reason) = Conclude(
            stage,
            GateConclusion.Draw(evidence, ordered),
            answered,
            gaps,
            criteria.Length
        );
        var first = answered.FirstOrDefault(one => one.Verdict == verdict);
        return new HistoryGate(stage, verdict, reason + Findings(first, history), answered, gaps);
    }

    private static CriterionDefinition[] EnabledCriteria(HistoryPolicy policy, Stage stage) =>
        policy
            .Gates.Stages.Where(gate => gate.Stage == stage)
            .SelectMany(gate => gate.Criteria)
            .Where(one => one.Enabled)
            .ToArray();

    private static HistoryGap[] Gaps(
        Dictionary<string, HistoryGapReason> unanswerable,
        IReadOnlyList<CriterionResult> ordered
    ) =>
        unanswerable
            .OrderBy(one => PhaseOf(one.Key))
            .Select(one => new HistoryGap(one.Key, CriterionList.NameOf(one.Key), one.Value))
            .Concat(
                ordered
                    .Where(one => one.Verdict == Verdict.NotMeasured)
                    .Select(one => new HistoryGap(one.Key, one.Name, HistoryGapReason.NoValue))
            )
            .ToArray();

    private static string Findings(CriterionResult? first, HistoryRecords history) =>
        first is { Key: IntegrityCriterion.Key, Verdict: Verdict.Fail } && history.Blocking is { Count: > 0 } codes
            ? $" Found: {string.Join(", ", codes.Distinct(StringComparer.Ordinal))}."
            : "";

    private static IReadOnlyList<CriterionResult> Evaluate(
        GateDefinition gates,
        Stage stage,
        IEnumerable<CriterionDefinition> criteria,
        GateInputs inputs
    ) => GateEvaluator.Evaluate(gates with { Stages = [new StageGate(stage, [.. criteria])] }, inputs).Criteria;

    private static Dictionary<string, HistoryGapReason> Unanswerable(
        IEnumerable<CriterionDefinition> criteria,
        HistoryRecords history,
        bool hasTimes
    )
    {
        var unanswerable = new Dictionary<string, HistoryGapReason>(StringComparer.Ordinal);
        foreach (var criterion in criteria)
        {
            if (WhyNot(criterion.Key, history, hasTimes) is { } why)
            {
                unanswerable[criterion.Key] = why;
            }
        }

        return unanswerable;
    }

    // Records that declare no arm say something of all iterations, and nothing of an arm.
    private static bool IsOfAnArm(CriterionDefinition criterion) =>
        CriterionList.Find(criterion.Key) is { Arms.Count: > 0 };

    private static GatePhase PhaseOf(string key) => CriterionList.Find(key)?.Phase ?? GatePhase.TimeAndData;

    private static (Verdict Verdict, string Reason) Conclude(
        Stage stage,
        GateReport report,
        CriterionResult[] answered,
        HistoryGap[] gaps,
        int criteria
    ) =>
        report.Verdict switch
        {
            _ when criteria == 0 => (Verdict.Error, $"Gate {stage.Number()} has no criterion, so it cannot pass."),
            _ when answered.Length == 0 => (
                Verdict.NotMeasured,
                $"Gate {stage.Number()} can't be judged: the records answer none of its {criteria} criteria."
            ),
            Verdict.NotMeasured or Verdict.Pass when gaps.Length > 0 => (
                Verdict.NotMeasured,
                $"Gate {stage.Number()} can't be told: {(answered.Length == 1 ? "the 1 criterion that the records answer is" : $"the {answered.Length} criteria that the records answer are")} met, {gaps.Length} they don't answer."
            ),
            _ => (report.Verdict, report.Summary),
        };

    private static HistoryGapReason? WhyNot(string key, HistoryRecords history, bool hasTimes) =>
        CriterionList.Find(key) switch
        {
            { AnsweredBy: RecordSource.EvidenceChecks } => null,
            { AnsweredBy: RecordSource.Times } => hasTimes ? null : HistoryGapReason.NoTimes,
            { AnsweredBy: RecordSource.Iterations } known => known.Arms.All(arm => HasSome(history, arm))
                ? null
                : HistoryGapReason.NoArm,
            // Whatever else a gate knows of, later ones included, is about the rollout around the records.
            _ => HistoryGapReason.NotInRecords,
        };

    private static bool HasSome(HistoryRecords history, GenerationMode arm) =>
        history.Records.Any(one => one.Counts && HistoryArms.Of(one) == arm);

    private static GateInputs Inputs(
        IEnumerable<CheckedIteration> records,
        HistoryRecords history,
        HistoryPolicy policy,
        Stage stage,
        bool hasTimes
    )
    {
        var rows = records.Select(one => Row(one, hasTimes)).ToArray();
        var now = rows.Length == 0 ? NoTime : rows.Max(row => row.EndedAt!.Value);
        return new GateInputs
        {
            Stage = stage,
            AttemptStartedAt = rows.Length == 0 ? NoTime : rows.Min(row => row.StartedAt),
            Now = now,
            MinimumTime = hasTimes ? policy.MinimumTimes.GetValueOrDefault(stage) : TimeSpan.Zero,
            Rows = rows,
            RequireProof = policy.RequireProof,
            ProofFor = policy.RequireProof ? ProofFor.Mode : ProofFor.Iterations,
            Facts = new MonitoringFacts
            {
                OpenBlockingFindings = history.Blocking?.Count,
                EvidenceFault = history.CheckFault,
            },
        };
    }

    private static EvidenceRow Row(CheckedIteration one, bool hasTimes)
    {
        var start = hasTimes ? one.StartedAt!.Value : NoTime;
        var total = one.MetricBasis == CheckedIteration.AnnualReturn ? null : one.TotalReturn;
        return CheckedRows.Of(one) with
        {
            TotalReturn = total,
            StartedAt = start,
            EndedAt = hasTimes ? HistoryTime.Add(start, one.Duration) ?? start : start,
        };
    }
}
