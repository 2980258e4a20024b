using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using static RolloutDashboard.Tests.Gates.EvidenceRows;

namespace RolloutDashboard.Tests.Benchmarks;

/// <summary>How often the rollback rule acts on simulated arms; the larger figures of docs/statistics.md must agree
/// with it.</summary>
public sealed class OperatingCharacteristicsTests(ITestOutputHelper output)
{
    private static readonly IAlertRule Rule = AlertRuleList.All.Single(rule => rule.Key == "success-critical");

    [Theory]
    [InlineData(0.80, 100, 0.000, 0.04)]
    [InlineData(0.80, 300, 0.000, 0.06)]
    [InlineData(0.45, 100, 0.90, 1.0)]
    public void SuccessCritical_OverSimulatedRollouts_FiresAsOftenAsDocumented(
        double rate,
        int iterations,
        double least,
        double most
    )
    {
        // As many looks for each case, so that long rollouts do not make the test slow.
        var runs = 6_000 / iterations;
        var random = new Random(20260302);
        var delays = new List<int>();
        for (var run = 0; run < runs; run++)
        {
            if (FirstFiring(random, rate, iterations) is { } at)
            {
                delays.Add(at);
            }
        }

        var share = (double)delays.Count / runs;
        delays.Sort();
        output.WriteLine(
            $"true rate {rate}, {iterations} iterations: fires in {share:P1}, median after {(delays.Count == 0 ? 0 : delays[delays.Count / 2])}"
        );
        Assert.InRange(share, least, most);
    }

    private static int? FirstFiring(Random random, double rate, int iterations)
    {
        var rows = new List<EvidenceRow>();
        for (var number = 1; number <= iterations; number++)
        {
            rows.Add(Row(GenerationMode.Json, number, random.NextDouble() < rate));
            var inputs = new AlertInputs
            {
                Now = Start.AddMinutes(number + 1),
                ResumedAt = Start,
                Rows = rows,
            };
            if (Rule.Read(inputs, new AlertThresholds()).Condition == AlertCondition.Breached)
            {
                return number;
            }
        }

        return null;
    }
}
