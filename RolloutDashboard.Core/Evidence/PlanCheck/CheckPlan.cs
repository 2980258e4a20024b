using MathNet.Numerics.Distributions;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

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
        PlannedGate[] gates = [.. odds.Select(gate => Planned(gate, assumed))];
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
            [.. PlanWarnings.Of(plan, odds, gates, alarms, assumed)]
        );
    }

    /// <summary>P(exactly half of an even total falls to each mode when a fair coin assigns).</summary>
    public static double FairCoinSplits(int total) => Binomial.PMF(0.5, total, total / 2);

    private static PlannedGate Planned(GatePassProbability gate, AssumedRates assumed) =>
        new(
            gate.Stage,
            gate.Iterations,
            gate.Json,
            gate.FullCode,
            gate.Words,
            gate.Pass(assumed.Json, assumed.FullCode),
            gate.Pass(assumed.FullCode, assumed.FullCode),
            gate.Halt(assumed.Json, assumed.FullCode),
            gate.Halt(assumed.FullCode, assumed.FullCode)
        );

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

        var windows = Windows(plan.Thresholds, stage, gate);
        AlarmRule[] rules =
        [
            new(SuccessCriticalRule.Key, true, plan.Thresholds[SuccessCriticalRule.Limit]),
            new(SuccessWarningRule.Key, false, plan.Thresholds[SuccessWarningRule.Limit]),
        ];
        foreach (var rule in rules)
        {
            yield return () => Simulated(rule, windows, gate, assumed, simulations);
        }
    }

    private static AlarmWindows Windows(AlertThresholds thresholds, PlannedStage stage, PlannedGate gate)
    {
        // With the stage's iterations spread over its least time, so many JSON iterations end in 24 hours.
        var days = stage.MinimumTime.TotalDays;
        var inADay = days > 0 ? (int)(gate.Json / days * thresholds.Window.TotalDays) : gate.Json;
        int[] sizes = [Math.Max(thresholds.WindowMinimum, inADay), thresholds.Latest];
        return new AlarmWindows(
            sizes,
            inADay > thresholds.WindowMinimum
                ? $"last 24 h (about {sizes[0]}) and latest {sizes[1]}"
                : $"latest {sizes[0]} and latest {sizes[1]}"
        );
    }

    private static PlannedAlarm Simulated(
        AlarmRule rule,
        AlarmWindows windows,
        PlannedGate gate,
        AssumedRates assumed,
        int simulations
    )
    {
        var p = AlertOperatingCharacteristics.Fires(
            assumed.Json,
            rule.Limit,
            gate.Json,
            windows.Sizes,
            simulations,
            Seed
        );
        var (delay, detected) = AlertOperatingCharacteristics.Detects(
            assumed.Json,
            assumed.Broken,
            rule.Limit,
            windows.Sizes,
            simulations / 4,
            Seed
        );
        return new PlannedAlarm(
            gate.Stage,
            rule.Name,
            rule.RollsBack,
            windows.Words,
            gate.Json,
            p,
            Math.Sqrt(Math.Max(p * (1 - p), 1.0 / simulations) / simulations),
            delay,
            detected,
            simulations
        );
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
                $"Iterations of each mode to prove a ratio above {FigureFormatter.ShortNumber(ratio)} (one look, one-sided 5 %, power 80 %)",
                Math.Round(PowerAnalysis.SampleSizeRatio(assumed.Json, assumed.FullCode, ratio, 0.8)),
                "iterations"
            );
        }

        foreach (var n in new[] { 100, 200, 500 })
        {
            yield return new PlanFigure(
                $"P(the ratio reads {FigureFormatter.ShortNumber(target)} or more) with {n} of each mode",
                GatePassProbability.PointRatio(assumed.Json, assumed.FullCode, n, target),
                "probability"
            );
        }

        foreach (
            var gate in odds.Where(gate => gate.Stage is Stage.Primary or Stage.FullProduction && gate.FullCode > 0)
        )
        {
            yield return ProofInStage(gate, assumed, plan.Gates.ProvenRatio);
        }
    }

    private static PlanFigure ProofInStage(GatePassProbability gate, AssumedRates assumed, double ratio) =>
        new(
            $"P(a ratio above {ratio:0.#} is proven) in stage {gate.Stage.Number()} by its own {gate.Json} and {gate.FullCode} iterations",
            GatePassProbability.ProvenRatio(assumed.Json, assumed.FullCode, gate.Json, gate.FullCode, ratio),
            "probability"
        );

    private sealed record AlarmRule(string Name, bool RollsBack, double Limit);

    // Sizes in JSON iterations.
    private sealed record AlarmWindows(int[] Sizes, string Words);
}
