using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Api;

/// <summary>The summary of a data set as programs read it; what is not finite or not known is null.</summary>
public static class SetSummaryJson
{
    public static object Of(ImportedSetView set, HistorySummary summary) =>
        new
        {
            set.Id,
            set.Name,
            summary.Records,
            AllRecords = summary.All,
            Overall = Arm(summary.Overall),
            Json = Arm(summary.Json),
            FullCode = Arm(summary.FullCode),
            NoArmDeclared = Arm(summary.Undeclared),
            Mutations = Arm(summary.Mutations),
            summary.GateVersion,
            Gates = summary.Gates.Select(Gate),
        };

    private static object Arm(HistoryArm arm) =>
        new
        {
            arm.N,
            arm.Successes,
            SuccessRate = arm.Rate,
            SuccessRateInterval = Range(arm.RateInterval),
            arm.MeanSharpe,
            MeanSharpeN = arm.SharpeN,
            MeanSharpeInterval = Range(arm.SharpeInterval),
            SharpeNotFinite = arm.NotFinite,
            WithStrategy = arm.WithStrategy,
            DistinctStrategies = arm.Distinct,
        };

    private static object Gate(HistoryGate gate) =>
        new
        {
            Stage = gate.Stage.Number(),
            gate.Verdict,
            gate.Reason,
            Answered = gate.Answered.Select(Criterion),
            NotAnswered = gate.NotAnswered,
        };

    private static object Criterion(CriterionResult criterion) =>
        new
        {
            criterion.Key,
            criterion.Name,
            criterion.Verdict,
            criterion.Target,
            criterion.Actual,
            Value = Finite(criterion.Value),
            Interval = Range(criterion.Interval),
            criterion.N,
            criterion.Explanation,
        };

    private static object? Range(Interval? interval) =>
        interval is { } range ? new { Lower = Finite(range.Lower), Upper = Finite(range.Upper) } : null;

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
