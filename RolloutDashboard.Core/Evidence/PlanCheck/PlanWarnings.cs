using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>What a plan's gates and rollback rules can't tell, or tell wrongly, a sentence each.</summary>
internal static class PlanWarnings
{
    private const double ToldFrom = 0.01;

    public static IEnumerable<string> Of(
        Plan plan,
        GatePassProbability[] odds,
        PlannedGate[] gates,
        PlannedAlarm[] alarms,
        AssumedRates assumed
    )
    {
        var jsonTarget = odds.Max(gate => gate.JsonTarget) ?? 0;
        return
        [
            .. OfOverallTargets(plan, odds, assumed),
            .. OfGapBelowTarget(plan, jsonTarget),
            .. OfFairCoins(gates),
            .. OfRatioTargets(plan, odds, assumed),
            .. OfJsonTarget(jsonTarget, assumed),
            .. OfAlarms(plan, alarms, assumed),
        ];
    }

    private static IEnumerable<string> OfOverallTargets(Plan plan, GatePassProbability[] odds, AssumedRates assumed)
    {
        foreach (var gate in odds.Where(gate => gate.OverallTarget is not null))
        {
            var share = plan.Stages.Single(stage => stage.Stage == gate.Stage).JsonShare;
            var overall = (share * assumed.Json) + ((1 - share) * assumed.FullCode);
            if (overall < gate.OverallTarget)
            {
                yield return $"Gate {gate.Stage.Number()}: at {share * 100:0}/{(1 - share) * 100:0} with {Percent(assumed.Json)} and {Percent(assumed.FullCode)} the expected overall success is {Percent(overall)}, below the gate's {Percent(gate.OverallTarget!.Value)}: a rollout that meets its targets is expected to fail.";
            }
        }
    }

    private static IEnumerable<string> OfGapBelowTarget(Plan plan, double jsonTarget)
    {
        if (plan.Thresholds[SuccessWarningRule.Limit] < jsonTarget)
        {
            yield return $"A JSON success of {Percent(plan.Thresholds[SuccessWarningRule.Limit])} to {Percent(jsonTarget)} is neither a pass nor an alarm: the rollout can stay there for ever.";
        }
    }

    private static IEnumerable<string> OfFairCoins(PlannedGate[] gates)
    {
        foreach (var gate in gates.Where(gate => gate.Json == gate.FullCode && gate.Iterations > 0))
        {
            yield return $"Gate {gate.Stage.Number()}: \"{gate.Json} each of {gate.Iterations}\" is met by a fair coin with probability {FigureFormatter.Rate(CheckPlan.FairCoinSplits(gate.Iterations))}; blocks meet it always, coins need more than {gate.Iterations}.";
        }
    }

    private static IEnumerable<string> OfRatioTargets(Plan plan, GatePassProbability[] odds, AssumedRates assumed)
    {
        foreach (var gate in odds.Where(gate => gate.RatioTarget is not null))
        {
            if (assumed.FullCode * gate.RatioTarget > 1)
            {
                yield return $"Gate {gate.Stage.Number()}: with {Percent(assumed.FullCode)} full-code success a ratio of {gate.RatioTarget:0.##} can't be met, since JSON can't exceed 100 %.";
            }
            else if (
                assumed is { Json: > 0, FullCode: > 0 }
                && PowerAnalysis.SampleSizeRatio(assumed.Json, assumed.FullCode, gate.RatioTarget!.Value, 0.8)
                    is var n
                        and > 1000
            )
            {
                yield return double.IsFinite(n)
                    ? $"Gate {gate.Stage.Number()}: proving a ratio above {gate.RatioTarget:0.##} at these rates would take {FigureFormatter.Count((long)Math.Round(n))} iterations of each mode; the ratio is shown against {gate.RatioTarget:0.##} and proven against {plan.Gates.ProvenRatio:0.##}."
                    : $"Gate {gate.Stage.Number()}: at these rates the true ratio is not above {gate.RatioTarget:0.##}, so no number of iterations proves it.";
            }
        }
    }

    private static IEnumerable<string> OfJsonTarget(double jsonTarget, AssumedRates assumed)
    {
        if (assumed.Json <= jsonTarget)
        {
            yield return $"JSON success of {Percent(assumed.Json)} lies on the target or below it: each look at \"≥ {Percent(jsonTarget)}\" is about a coin toss or worse, however many iterations there are.";
        }
    }

    private static IEnumerable<string> OfAlarms(Plan plan, PlannedAlarm[] alarms, AssumedRates assumed)
    {
        foreach (var alarm in alarms.Where(alarm => alarm.RollsBack && alarm.FalseAlarm >= ToldFrom))
        {
            yield return $"Stage {alarm.Stage.Number()}: a JSON arm that truly succeeds in {Percent(assumed.Json)} is rolled back by chance with probability {FigureFormatter.Rate(alarm.FalseAlarm)} over {alarm.JsonIterations} JSON iterations ({alarm.Windows}).";
        }

        foreach (var alarm in alarms.Where(alarm => alarm is { RollsBack: true, Detected: < 0.9 }))
        {
            yield return $"Stage {alarm.Stage.Number()}: a drop to {Percent(assumed.Broken)} is rolled back within {AlertOperatingCharacteristics.Patience} JSON iterations with probability {FigureFormatter.Rate(alarm.Detected)} only.";
        }

        foreach (var alarm in alarms.Where(alarm => alarm is { RollsBack: false, FalseAlarm: >= 0.5 }))
        {
            yield return $"Stage {alarm.Stage.Number()}: the warning below {Percent(plan.Thresholds[SuccessWarningRule.Limit])} comes at least once with probability {FigureFormatter.Rate(alarm.FalseAlarm)} although nothing is wrong; do not read it as a failure.";
        }
    }

    private static string Percent(double share) => FigureFormatter.ShortPercent(share);
}
