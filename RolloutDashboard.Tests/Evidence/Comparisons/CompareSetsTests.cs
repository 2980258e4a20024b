using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence.Comparisons;

public sealed class CompareSetsTests
{
    [Fact]
    public void Of_FourTimesTheSuccess_IsInTheZoneToProceed()
    {
        var report = Modes(Arm(100, 80, 0.8), Arm(100, 20, 0.1));

        Assert.Equal(4, report.Ratio!.Value!.Value, 9);
        Assert.Equal("proceed", report.Ratio.Zone);
        Assert.InRange(report.Sharpe!.Difference, 0.69, 0.71);
        Assert.True(report.Sharpe.Sequential.Lower < report.Sharpe.Welch.Lower, "what holds at every look is wider");
        Assert.Contains("The mean Sharpe of JSON is higher", report.Verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, 20, "investigate")]
    [InlineData(30, 20, "halt")]
    public void Of_SmallerRatio_NamesItsZone(int json, int full, string zone) =>
        Assert.Equal(zone, Modes(Arm(100, json, 0.3), Arm(100, full, 0.3)).Ratio!.Zone);

    [Fact]
    public void Of_NoFullCodeSuccess_HasNoRatioAndSaysWhy()
    {
        var report = CompareSets.Of("JSON", Arm(50, 40, 0.3), "full code", Arm(50, 0, 0.3));

        Assert.Null(report.Ratio!.Value);
        Assert.Contains(
            "full code has no success in 50 iterations; JSON succeeds in 40 of 50",
            report.Verdict,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_RepeatedStrategy_CountsOnceInTheDeduplicatedRate()
    {
        var repeated = Arm(100, 80, 0.3)
            .Select(one => one.Level == SuccessLevel.Profitable ? one with { Fingerprint = "the same" } : one)
            .ToArray();

        var side = CompareSets.Of("JSON", repeated, "full code", Arm(100, 20, 0.1)).First;

        Assert.Equal((80, 100), (side.Raw.Successes, side.Raw.N));
        Assert.Equal((1, 21), (side.Deduplicated.Successes, side.Deduplicated.N));
    }

    [Fact]
    public void Of_DifferentMarketData_IsRefusedAndNotComputed()
    {
        var other = Arm(100, 20, 0.1).Select(one => one with { MarketDataVersion = "m2" }).ToArray();

        var report = CompareSets.Of("JSON", Arm(100, 80, 0.8), "full code", other);

        Assert.Contains("market data: m1 against m2", Assert.Single(report.Refusals), StringComparison.Ordinal);
        Assert.Null(report.Ratio);
        Assert.Null(report.Sharpe);
    }

    [Fact]
    public void Of_SharesChangedBetweenSegments_IsStratified()
    {
        // Within each segment both arms succeed alike; pooled, JSON would look far better.
        CheckedIteration[] json = [.. Arm(90, 81, 0.3, "easy"), .. Arm(10, 1, 0.3, "hard")];
        CheckedIteration[] full = [.. Arm(10, 9, 0.3, "easy"), .. Arm(90, 9, 0.3, "hard")];

        Assert.Equal(1, CompareSets.Of("JSON", json, "full code", full).Ratio!.Value!.Value, 6);
    }

    private static ComparisonReport Modes(CheckedIteration[] json, CheckedIteration[] full) =>
        CompareSets.Of(
            new ComparedSet("JSON", json),
            new ComparedSet("full code", full),
            ComparisonTerms.AnySets with
            {
                Question = ComparisonQuestion.Modes,
            }
        );

    private static CheckedIteration[] Arm(int count, int successes, double sharpe, string segment = "1") =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number => new CheckedIteration
                {
                    Number = number,
                    AssignedMode = GenerationMode.Json,
                    Level = number <= successes ? SuccessLevel.Profitable : SuccessLevel.Failed,
                    SharpeRatio = number <= successes ? sharpe + ((number % 2 == 0 ? 1 : -1) * 0.02) : null,
                    TotalReturn = number <= successes ? 0.1 : null,
                    MaxDrawdown = number <= successes ? -0.1 : null,
                    Executed = number <= successes,
                    Fingerprint = $"{segment}-{number}",
                    MarketDataVersion = "m1",
                    Segment = segment,
                    Duration = TimeSpan.FromSeconds(2),
                }),
        ];
}
