using System.Globalization;
using RolloutDashboard.Core.Assignment;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Evidence;

/// <summary>How often unequal-cancellation fires in rollouts where nothing is wrong, and that it fires where something
/// is.</summary>
public sealed class UnequalCancellationTests
{
    private const string Code = "unequal-cancellation";
    private static readonly CancellationReason[] Stops = [CancellationReason.LoopStopped, CancellationReason.Shutdown];

    /// <summary>Number of rollouts; more of them by ROLLOUT_CLEAN_RUNS.</summary>
    private static int Runs =>
        int.TryParse(
            Environment.GetEnvironmentVariable("ROLLOUT_CLEAN_RUNS"),
            CultureInfo.InvariantCulture,
            out var runs
        )
            ? runs
            : 200;

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Run_CleanRolloutsWithStopsAndRollbacks_FiresInAtMostOneOfAThousand(double lossRate)
    {
        var fired = Enumerable
            .Range(1, Runs)
            .AsParallel()
            .Count(run => FirstFinding(Rollout(run, _ => lossRate), everyNth: 10) is not null);

        TestContext.Current.SendDiagnosticMessage(
            $"{Code} fired in {fired} of {Runs} clean rollouts that lost {lossRate:P0} of both arms."
        );
        Assert.True(fired <= Runs / 1000, $"It fired in {fired} of {Runs} clean rollouts.");
    }

    [Theory]
    [InlineData(GenerationMode.Json)]
    [InlineData(GenerationMode.FullCode)]
    public void Run_ThirtyPercentOfOneArmLost_FiresInEveryRollout(GenerationMode mode)
    {
        var quiet = Enumerable
            .Range(1, 50)
            .Where(run => FirstFinding(Rollout(run, assigned => assigned == mode ? 0.3 : 0), everyNth: 10) is null)
            .ToArray();

        Assert.Empty(quiet);
    }

    [Fact]
    public void Run_PlantedBias_NamesTheIterationsAndBothArms()
    {
        var iterations = Rollout(3, mode => mode == GenerationMode.Json ? 0.3 : 0);

        var finding = Assert.Single(EvidenceChecks.Run(new EvidenceSet { Iterations = iterations }), finding =>
            finding.Code == Code
        );

        var lost = iterations
            .Where(one => one is { Status: IterationStatus.Cancelled, Cancellation: CancellationReason.Other })
            .Select(one => one.Number)
            .ToArray();
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Equal(lost, finding.Iterations);
        Assert.Equal((lost.Length, 0.0), (finding.Numbers["json_cancelled"], finding.Numbers["full_code_cancelled"]));
    }

    // As the loop looks at it: again and again while the rollout grows.
    private static Finding? FirstFinding(IReadOnlyList<CheckedIteration> iterations, int everyNth)
    {
        var check = EvidenceChecks.All.Single(one => one.Code == Code);
        for (var seen = everyNth; seen <= iterations.Count; seen += everyNth)
        {
            if (
                check.Check(new EvidenceSet { Iterations = [.. iterations.Take(seen)] }).FirstOrDefault() is { } finding
            )
            {
                return finding;
            }
        }

        return null;
    }

    /// <summary>300 iterations in blocks at 50 %, two at a time; every 40 to 60 of them a stop ends both that run,
    /// every 100 a rollback the JSON one.</summary>
    private static IReadOnlyList<CheckedIteration> Rollout(int run, Func<GenerationMode, double> lossRate)
    {
        var random = new Random(run);
        var salt = string.Create(CultureInfo.InvariantCulture, $"clean/{run}");
        var iterations = new List<CheckedIteration>();
        var (nextStop, nextRollback) = (random.Next(40, 60), random.Next(60, 140));
        for (var number = 1; number <= 300; number++)
        {
            var mode = BlockAllocation.IsJson(salt, number - 1, 0.5) ? GenerationMode.Json : GenerationMode.FullCode;
            var stopped = number >= nextStop && number < nextStop + 2;
            var rolledBack = !stopped && mode == GenerationMode.Json && number >= nextRollback;
            var lost = !stopped && !rolledBack && random.NextDouble() < lossRate(mode);
            var fails = random.NextDouble() < (mode == GenerationMode.Json ? 0.2 : 0.75);
            nextStop = number == nextStop + 1 ? number + random.Next(40, 60) : nextStop;
            nextRollback = rolledBack ? number + random.Next(60, 140) : nextRollback;
            iterations.Add(
                new CheckedIteration
                {
                    Number = number,
                    AssignedMode = mode,
                    ConfiguredShare = 0.5,
                    Segment = "1/main/gpt-test",
                    Status = stopped || rolledBack || lost ? IterationStatus.Cancelled : IterationStatus.Finished,
                    Cancellation =
                        stopped ? Stops[random.Next(2)]
                        : rolledBack ? CancellationReason.Rollback
                        : lost ? CancellationReason.Other
                        : null,
                    Level = fails ? SuccessLevel.Failed : SuccessLevel.Profitable,
                }
            );
        }

        return iterations;
    }
}
