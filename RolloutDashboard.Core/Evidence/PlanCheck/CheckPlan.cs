using MathNet.Numerics.Distributions;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>
/// Says what a plan's gates and rollback rules can and can't tell before it starts: gates by exact sums at their
/// minimum samples, alarms by a seeded simulation whose size and error are told.
/// </summary>
public static class CheckPlan
{
    /// <summary>Simulated stages for each alarm.</summary>
    public const int Simulations = 20_000;

    private const int Seed = 20_240_117;
    private const double ToldFrom = 0.01;

    /// <param name="progress">Gets the share of simulated alarms that is done, in percent.</param>
    /// <exception cref="OperationCanceledException">The token fired between two simulated alarms.</exception>
    public static PlanReport Of(
        Plan plan,
        AssumedRates assumed,
        int simulations = Simulations,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var odds = plan.Stages.Select(stage => new GatePassProbability(stage, plan.Gates)).ToArray();
        PlannedGate[] gates =
        [
            .. odds.Select(gate => new PlannedGate(
                gate.Stage,
                gate.Iterations,
                gate.Json,
                gate.FullCode,
                gate.Words,
                gate.Pass(assumed.Json, assumed.FullCode),
                gate.Pass(assumed.FullCode, assumed.FullCode),
                gate.Halt(assumed.Json, assumed.FullCode),
                gate.Halt(assumed.FullCode, assumed.FullCode)
            )),
        ];
        var planned = plan
            .Stages.Zip(gates)
            .SelectMany(pair => Alarms(plan, pair.First, pair.Second, assumed, simulations))
            .ToArray();
        var done = 0;
        PlannedAlarm[] alarms =
        [
            .. planned.Select(simulate =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var alarm = simulate();
                progress?.Report(100 * ++done / planned.Length);
                return alarm;
            }),
        ];
        return new PlanReport(
            assumed,
            gates,
            alarms,
            [.. Figures(odds, assumed, plan)],
            [.. Warnings(plan, odds, gates, alarms, assumed)]
        );
    }

    /// <summary>P(exactly half of an even total falls to each mode when a fair coin assigns).</summary>
    public static double FairCoinSplits(int total) => Binomial.PMF(0.5, total, total / 2);

    // Each simulates from its own seed, one after the other: the caller's thread is all that it may take.
    private static IEnumerable<Func<PlannedAlarm>> Alarms(
        Plan plan,
        PlannedStage stage,
        PlannedGate gate,
        AssumedRates assumed,
        int simulations
    )
    {
        if (gate.Json == 0)
        {
            yield break;
        }

        // With the stage's iterations spread over its least time, so many JSON iterations end in 24 hours.
        var days = stage.MinimumTime.TotalDays;
        var inADay = days > 0 ? (int)(gate.Json / days * plan.Thresholds.Window.TotalDays) : gate.Json;
        int[] windows = [Math.Max(plan.Thresholds.WindowMinimum, inADay), plan.Thresholds.Latest];
        var words =
            inADay > plan.Thresholds.WindowMinimum
                ? $"last 24 h (about {windows[0]}) and latest {windows[1]}"
                : $"latest {windows[0]} and latest {windows[1]}";
        (string Rule, bool RollsBack, double Limit)[] rules =
        [
            ("success-critical", true, plan.Thresholds.SuccessCritical),
            ("success-warning", false, plan.Thresholds.SuccessWarning),
        ];
        foreach (var (rule, rollsBack, limit) in rules)
        {
            yield return () =>
            {
                var p = AlertOperatingCharacteristics.Fires(assumed.Json, limit, gate.Json, windows, simulations, Seed);
                var (delay, detected) = AlertOperatingCharacteristics.Detects(
                    assumed.Json,
                    assumed.Broken,
                    limit,
                    windows,
                    simulations / 4,
                    Seed
                );
                return new PlannedAlarm(
                    stage.Stage,
                    rule,
                    rollsBack,
                    words,
                    gate.Json,
                    p,
                    Math.Sqrt(Math.Max(p * (1 - p), 1.0 / simulations) / simulations),
                    delay,
                    detected,
                    simulations
                );
            };
        }
    }

    private static IEnumerable<PlanFigure> Figures(GatePassProbability[] odds, AssumedRates assumed, Plan plan)
    {
        if (assumed.Json <= 0 || assumed.FullCode <= 0)
        {
            yield break;
        }

        var target = odds.Select(gate => gate.RatioTarget).OfType<double>().DefaultIfEmpty(3).First();
        foreach (var ratio in new[] { 1.0, plan.Gates.ProvenRatio, target }.Distinct().Order())
        {
            yield return new PlanFigure(
                $"Iterations of each mode to prove a ratio above {Core.Gates.Figures.Number(ratio)} (one look, one-sided 5 %, power 80 %)",
                Math.Round(PowerAnalysis.SampleSizeRatio(assumed.Json, assumed.FullCode, ratio, 0.8)),
                "iterations"
            );
        }

        foreach (var n in new[] { 100, 200, 500 })
        {
            yield return new PlanFigure(
                $"P(the ratio reads {Core.Gates.Figures.Number(target)} or more) with {n} of each mode",
                GatePassProbability.PointRatio(assumed.Json, assumed.FullCode, n, target),
                "probability"
            );
        }

        foreach (
            var gate in odds.Where(gate => gate.Stage is Stage.Primary or Stage.FullProduction && gate.FullCode > 0)
        )
        {
            yield return new PlanFigure(
                $"P(a ratio above {plan.Gates.ProvenRatio:0.#} is proven) in stage {gate.Stage.Number()} by its own {gate.Json} and {gate.FullCode} iterations",
                GatePassProbability.ProvenRatio(
                    assumed.Json,
                    assumed.FullCode,
                    gate.Json,
                    gate.FullCode,
                    plan.Gates.ProvenRatio
                ),
                "probability"
            );
        }
    }

    private static IEnumerable<string> Warnings(
        Plan plan,
        GatePassProbability[] odds,
        PlannedGate[] gates,
        PlannedAlarm[] alarms,
        AssumedRates assumed
    )
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

        var jsonTarget = odds.Max(gate => gate.JsonTarget) ?? 0;
        if (plan.Thresholds.SuccessWarning < jsonTarget)
        {
            yield return $"A JSON success of {Percent(plan.Thresholds.SuccessWarning)} to {Percent(jsonTarget)} is neither a pass nor an alarm: the rollout can stay there for ever.";
        }

        foreach (var gate in gates.Where(gate => gate.Json == gate.FullCode && gate.Iterations > 0))
        {
            yield return $"Gate {gate.Stage.Number()}: \"{gate.Json} each of {gate.Iterations}\" is met by a fair coin with probability {Core.Gates.Figures.Rate(FairCoinSplits(gate.Iterations))}; blocks meet it always, coins need more than {gate.Iterations}.";
        }

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
                    ? $"Gate {gate.Stage.Number()}: proving a ratio above {gate.RatioTarget:0.##} at these rates would take {Core.Gates.Figures.Count((long)Math.Round(n))} iterations of each mode; the ratio is shown against {gate.RatioTarget:0.##} and proven against {plan.Gates.ProvenRatio:0.##}."
                    : $"Gate {gate.Stage.Number()}: at these rates the true ratio is not above {gate.RatioTarget:0.##}, so no number of iterations proves it.";
            }
        }

        if (assumed.Json <= jsonTarget)
        {
            yield return $"JSON success of {Percent(assumed.Json)} lies on the target or below it: each look at \"≥ {Percent(jsonTarget)}\" is about a coin toss or worse, however many iterations there are.";
        }

        foreach (var alarm in alarms.Where(alarm => alarm.RollsBack && alarm.FalseAlarm >= ToldFrom))
        {
            yield return $"Stage {alarm.Stage.Number()}: a JSON arm that truly succeeds in {Percent(assumed.Json)} is rolled back by chance with probability {Core.Gates.Figures.Rate(alarm.FalseAlarm)} over {alarm.JsonIterations} JSON iterations ({alarm.Windows}).";
        }

        foreach (var alarm in alarms.Where(alarm => alarm is { RollsBack: true, Detected: < 0.9 }))
        {
            yield return $"Stage {alarm.Stage.Number()}: a drop to {Percent(assumed.Broken)} is rolled back within {AlertOperatingCharacteristics.Patience} JSON iterations with probability {Core.Gates.Figures.Rate(alarm.Detected)} only.";
        }

        foreach (var alarm in alarms.Where(alarm => alarm is { RollsBack: false, FalseAlarm: >= 0.5 }))
        {
            yield return $"Stage {alarm.Stage.Number()}: the warning below {Percent(plan.Thresholds.SuccessWarning)} comes at least once with probability {Core.Gates.Figures.Rate(alarm.FalseAlarm)} although nothing is wrong; do not read it as a failure.";
        }
    }

    private static string Percent(double share) => Core.Gates.Figures.ShortPercent(share);
}
