using RolloutDashboard.Api;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Reports;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Monitoring.Exports;

namespace RolloutDashboard.Tests.Evidence.Comparison;

/// <summary>Whatever number a foreign record holds, comparison, exports and replay answer, and say what they left
/// out.</summary>
public sealed class ForeignValueTests
{
    public static TheoryData<double> Values { get; } =
    [
        1e160,
        -1e160,
        1e308,
        -1e308,
        1e13,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        1e-160,
        1e-200,
        double.Epsilon,
        -0.0,
        double.MaxValue,
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Compare_AnyValue_AnswersInEveryFormat(double value)
    {
        var strange = Rows("a", index => index < 3 ? value : 0.2 + (0.01 * index));

        foreach (
            var report in new[]
            {
                CompareSets.Of("first", strange, "second", Rows("b", index => 0.1 * index)),
                CompareSets.Of("first", Rows("b", index => 0.1 * index), "second", strange),
                CompareSets.Of("first", Rows("a", _ => value), "second", Rows("b", _ => value)),
            }
        )
        {
            Assert.NotEmpty(report.Verdict);
            AssertMeansAreFinite(report);
            AssertTextsAreShort(report);
        }
    }

    [Fact]
    public void Compare_OneSharpeOf1E160_LeavesItOutAndSaysSo()
    {
        var report = CompareSets.Of(
            "first",
            Rows("a", index => index == 4 ? 1e160 : 0.5),
            "second",
            Rows("b", index => 0.1 * index)
        );

        Assert.Equal(0.5, report.First.MeanSharpe!.Value, 12);
        Assert.Equal(
            (1, 1, 0),
            (report.First.LeftOut.Sharpe, report.First.LeftOut.TotalReturn, report.First.LeftOut.MaxDrawdown)
        );
        Assert.Equal(
            "1 Sharpe, 1 total return",
            ComparisonFigures.Of(report).Single(figure => figure.Key == "left_out").First
        );
        Assert.Equal(
            (ComparisonStanding.Blocked, true),
            (report.Standing, report.Verdict.Contains("first (implausible)", StringComparison.Ordinal))
        );
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Replay_AnyValue_Answers(double value)
    {
        var history = ReadReplayHistory.Of(
            Rows("a", index => index % 7 == 0 ? value : 0.5, 260),
            Stage.TemplateLibraryOnly
        );

        var result = RunReplay.Of(history, new ReplayPolicy(GateDefinition.Default, new AlertThresholds()), null);

        Assert.NotEmpty(result.Summary());
        Assert.All(result.Steps, step => Assert.True(step.Text.Length < 400, step.Text));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void Replay_TimeAtTheEndsOfTheCalendar_IsReplayedByIterationsAlone(string time)
    {
        var at = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        var rows = Rows("a", _ => 0.5, 120)
            .Select(row => row with { StartedAt = at, Duration = TimeSpan.FromDays(10) })
            .ToArray();

        var result = RunReplay.Of(
            ReadReplayHistory.Of(rows, Stage.TemplateLibraryOnly),
            new ReplayPolicy(GateDefinition.Default, new AlertThresholds()),
            null
        );

        Assert.Contains("time", result.LeftOut);
        Assert.Equal(
            ComparisonStanding.Compared,
            CompareSets.Of("a", rows, "b", Rows("b", index => 0.1 * index)).Standing
        );
    }

    [Fact]
    public void ReplayHistory_StageThatThereIsNot_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadReplayHistory.Of([], 0));

    private static void AssertMeansAreFinite(ComparisonReport report) =>
        Assert.All(
            new[]
            {
                report.First.MeanSharpe,
                report.Second.MeanSharpe,
                report.First.MeanTotalReturn,
                report.Second.MeanMaxDrawdown,
            },
            mean => Assert.True(mean is null || double.IsFinite(mean.Value), $"{mean}")
        );

    private static void AssertTextsAreShort(ComparisonReport report)
    {
        foreach (
            var text in new[]
            {
                ComparisonHtml.Of(report, "hash", ReportHeadTests.Head),
                ComparisonMarkdown.Of(report, "hash", ReportHeadTests.Head),
                ComparisonEndpoints.Csv(report, ReportHeadTests.Head),
                System.Text.Json.JsonSerializer.Serialize(report, CompareSelections.Options),
            }
        )
        {
            Assert.True(text.Length < 20_000, $"{text.Length} characters");
            Assert.DoesNotContain("Infinity times", text, StringComparison.Ordinal);
        }
    }

    private static CheckedIteration[] Rows(string key, Func<int, double> sharpe, int count = 30) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(index => new CheckedIteration
                {
                    Number = index + 1,
                    AssignedMode = GenerationMode.Json,
                    ContentMode = GenerationMode.Json,
                    Level =
                        sharpe(index) > 0 && double.IsFinite(sharpe(index))
                            ? SuccessLevel.Profitable
                            : SuccessLevel.Measured,
                    Executed = true,
                    SharpeRatio = sharpe(index),
                    TotalReturn = sharpe(index) is var value && Math.Abs(value) > 1e6 ? value : 0.1 + (0.001 * index),
                    MaxDrawdown = -0.1,
                    Fingerprint = $"{key}-{index}",
                }),
        ];
}
