using System.Globalization;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Benchmarks;

/// <summary>
/// Simulates many rollouts with known true rates through the product's own gates and alert rules, with fixed seeds, and
/// prints how often they are wrong and how late: the tables of docs/statistics.md.
/// </summary>
internal sealed class OperatingCharacteristics(TextWriter output, int runs)
{
    private const int Seed = 20260302;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] DecidedByPeople =
    [
        FeedbackCriterion.Key,
        SignOffCriterion.Key,
        ComparisonReportCriterion.Key,
        StagingValidationCriterion.Key,
    ];

    private sealed record Plan(Stage Stage, double? Share, int Minimum, int Every);

    private static readonly Plan[] Plans =
    [
        new(Stage.TemplateLibraryOnly, null, 143, 10),
        new(Stage.Hybrid, 0.5, 200, 10),
        new(Stage.Primary, 0.8, 300, 20),
        new(Stage.FullProduction, 0.95, 1000, 100),
    ];

    public void Run()
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{runs} rollouts a cell, seed {Seed}; standard error at 50 %: {50 / Math.Sqrt(runs):0.0} points.\n"
            )
        );
        Gates();
        Decisions();
        FalseRollbacks();
        Delays();
    }

    private void Gates()
    {
        output.WriteLine(
            "| gate | true JSON / full code | point rules, one look at the minimum | point rules, any look up to twice the minimum | with proof, any look |"
        );
        output.WriteLine("|---|---|---|---|---|");
        foreach (var plan in Plans)
        {
            foreach (var (json, full) in new[] { (0.25, 0.25), (0.50, 0.25), (0.75, 0.25), (0.80, 0.25), (0.85, 0.25) })
            {
                var one = Share(run => Passes(plan, json, full, run, proof: false, looks: 1));
                var any = Share(run => Passes(plan, json, full, run, proof: false, looks: int.MaxValue));
                var proven = Share(run => Passes(plan, json, full, run, proof: true, looks: int.MaxValue));
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {plan.Stage.Number()} | {json:0.00} / {full:0.00} | {one:0.0} % | {any:0.0} % | {proven:0.0} % |"
                    )
                );
            }
        }

        output.WriteLine();
    }

    private void Decisions()
    {
        output.WriteLine("| true JSON / full code | proceed | investigate | halt |");
        output.WriteLine("|---|---|---|---|");
        var plan = Plans[1];
        foreach (var (json, full) in new[] { (0.80, 0.80), (0.50, 0.25), (0.85, 0.34), (0.80, 0.25), (0.85, 0.25) })
        {
            double Share(Recommendation decision) =>
                this.Share(run =>
                    GateEvaluator
                        .Evaluate(
                            RatesOnly,
                            Inputs(plan, [.. Simulate(plan, json, full, run).Take(plan.Minimum)], proof: false)
                        )
                        .Recommendation == decision
                );
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {json:0.00} / {full:0.00} | {Share(Recommendation.Proceed):0.0} % | {Share(Recommendation.Investigate):0.0} % | {Share(Recommendation.Halt):0.0} % |"
                )
            );
        }

        output.WriteLine();
    }

    private static IEnumerable<EvidenceRow> Simulate(Plan plan, double json, double full, int run)
    {
        var random = new Random(SeedOf((int)plan.Stage, (int)(json * 100), (int)(full * 100), run));
        for (var number = 1; ; number++)
        {
            // Blocks of 20 hold the share exactly, as they do in the loop; in stage 3.1 seven in ten requests are for
            // templates.
            var slot = (number * 7) % 20;
            var isJson = slot < 20 * (plan.Share ?? 0.7);
            yield return Row(
                number,
                isJson ? GenerationMode.Json : GenerationMode.FullCode,
                random.NextDouble() < (isJson ? json : full),
                plan.Share
            );
        }
    }

    private static bool Passes(Plan plan, double json, double full, int run, bool proof, int looks)
    {
        var rows = new List<EvidenceRow>();
        foreach (var row in Simulate(plan, json, full, run).Take(2 * plan.Minimum))
        {
            rows.Add(row);
            var number = rows.Count;
            if (number >= plan.Minimum && (number - plan.Minimum) % plan.Every == 0)
            {
                if (GateEvaluator.Evaluate(RatesOnly, Inputs(plan, rows, proof)).Verdict == Verdict.Pass)
                {
                    return true;
                }

                if (--looks == 0)
                {
                    return false;
                }
            }
        }

        return false;
    }

    private static GateDefinition RatesOnly { get; } =
        GateDefinition.Default with
        {
            Stages =
            [
                .. GateDefinition.Default.Stages.Select(gate =>
                    gate with
                    {
                        Criteria = [.. gate.Criteria.Where(criterion => !DecidedByPeople.Contains(criterion.Key))],
                    }
                ),
            ],
        };

    // Everything that no rate decides is met.
    private static GateInputs Inputs(Plan plan, List<EvidenceRow> rows, bool proof) =>
        new()
        {
            Stage = plan.Stage,
            Now = Start.AddDays(1),
            AttemptStartedAt = Start,
            ConfiguredShare = plan.Share,
            Rows = rows,
            RequireProof = proof,
            RequireStaging = false,
            Facts = new MonitoringFacts
            {
                DataAt = Start.AddDays(1),
                HeartbeatAt = Start.AddDays(1),
                TestAlertAt = Start.AddDays(1),
                Crashes = 0,
                Uptime = 1,
                Resources = new ResourceUse(500, 0.1, 50, TimeSpan.Zero),
                SwitchingErrors = 0,
                OpenBlockingFindings = 0,
            },
        };

    private void FalseRollbacks()
    {
        output.WriteLine(
            "| true JSON success | JSON iterations | rollback by the rules | by \"last 10 below 50 %\" | by \"last 20 below 50 %\" | warning by the rules |"
        );
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var rate in new[] { 0.80, 0.70 })
        {
            foreach (var iterations in new[] { 100, 300, 1000 })
            {
                var (critical, ten, twenty, warning) = (
                    new Firing("success-critical"),
                    new Firing(10),
                    new Firing(20),
                    new Firing("success-warning")
                );
                var shares = new[] { critical, ten, twenty, warning }
                    .Select(firing => Share(run => firing.First(rate, rate, 0, iterations, run) is not null))
                    .ToArray();
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {rate:0.00} | {iterations} | {shares[0]:0.0} % | {shares[1]:0.0} % | {shares[2]:0.0} % | {shares[3]:0.0} % |"
                    )
                );
            }
        }

        output.WriteLine();
    }

    private void Delays()
    {
        output.WriteLine(
            "| falls to | after | warning: found / median / 90th | rollback: found / median / 90th | \"last 10 below 50 %\": found / median |"
        );
        output.WriteLine("|---|---|---|---|---|");
        foreach (var rate in new[] { 0.60, 0.45 })
        {
            foreach (var healthy in new[] { 0, 100 })
            {
                string Cell(Firing firing, bool withTail)
                {
                    var delays = Of(run => firing.First(0.80, rate, healthy, healthy + 300, run))
                        .Where(at => at is null || at > healthy)
                        .Select(at => at - healthy)
                        .ToArray();
                    var found = delays.Where(at => at is not null).Select(at => at!.Value).Order().ToArray();
                    return found.Length == 0
                        ? "0 %"
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{100.0 * found.Length / delays.Length:0.0} % / {found[found.Length / 2]}{(withTail ? $" / {found[(int)(found.Length * 0.9)]}" : "")}"
                        );
                }

                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {rate:0.00} | {healthy} healthy at 0.80 | {Cell(new Firing("success-warning"), true)} | {Cell(new Firing("success-critical"), true)} | {Cell(new Firing(10), false)} |"
                    )
                );
            }
        }
    }

    // HashCode differs from process to process.
    private static int SeedOf(params ReadOnlySpan<int> parts)
    {
        var seed = Seed;
        foreach (var part in parts)
        {
            seed = unchecked((seed * 16_777_619) ^ part);
        }

        return seed;
    }

    private double Share(Func<int, bool> happens) =>
        100.0 * Of(run => happens(run) ? 1 : (int?)null).Count(one => one is not null) / runs;

    private int?[] Of(Func<int, int?> simulate)
    {
        var results = new int?[runs];
        Parallel.For(0, runs, run => results[run] = simulate(run));
        return results;
    }

    private static EvidenceRow Row(int number, GenerationMode mode, bool succeeds, double? share) =>
        new()
        {
            Number = number,
            AssignedMode = mode,
            EffectiveMode = mode,
            Status = IterationStatus.Finished,
            Level = succeeds ? SuccessLevel.Profitable : SuccessLevel.Measured,
            SharpeRatio = succeeds ? 0.6 : -0.2,
            TotalReturn = succeeds ? 0.2 : -0.05,
            Fingerprint = string.Create(CultureInfo.InvariantCulture, $"s{number}"),
            CacheLookups = 20,
            CacheHits = 20,
            StartedAt = Start.AddSeconds(number),
            EndedAt = Start.AddSeconds(number + 1),
            ConfiguredShare = share,
        };

    /// <summary>When a rule first fires in one simulated arm: one of the product's, or a plain one over the latest so
    /// many.</summary>
    private sealed class Firing
    {
        private readonly IAlertRule? _rule;
        private readonly int _latest;

        public Firing(string key) => _rule = AlertRuleList.All.Single(rule => rule.Key == key);

        public Firing(int latest) => _latest = latest;

        public int? First(double before, double after, int healthy, int iterations, int run)
        {
            var random = new Random(SeedOf((int)(before * 100), (int)(after * 100), healthy, run));
            var rows = new List<EvidenceRow>();
            for (var number = 1; number <= iterations; number++)
            {
                rows.Add(
                    Row(number, GenerationMode.Json, random.NextDouble() < (number <= healthy ? before : after), null)
                );
                if (Fires(rows, number))
                {
                    return number;
                }
            }

            return null;
        }

        private bool Fires(List<EvidenceRow> rows, int number) =>
            _rule is null
                ? number >= _latest && rows.Skip(number - _latest).Count(row => row.Succeeded) < 0.5 * _latest
                : _rule
                    .Read(
                        new AlertInputs
                        {
                            Now = Start.AddSeconds(number + 1),
                            ResumedAt = Start,
                            Rows = rows,
                        },
                        new AlertThresholds()
                    )
                    .Condition == AlertCondition.Breached;
    }
}
