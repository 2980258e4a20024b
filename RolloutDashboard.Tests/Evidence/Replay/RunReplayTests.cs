using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence.Replay;

public sealed class RunReplayTests
{
    private static readonly ReplayPolicy Plan = new(GateDefinition.Default, new AlertThresholds());

    [Fact]
    public void Of_GoodHistory_PromotesAtTheMinimumSamples()
    {
        var result = RunReplay.Of(History(260, number => number % 10 != 0), Plan, null);

        var first = result.Steps.First(step => step.Kind == ReplayKind.Promoted);
        Assert.Equal(100, first.Number);
        Assert.Equal(Stage.TemplateLibraryOnly, first.Stage);
        Assert.Equal(100, result.FirstDifference);
        Assert.False(first.IsHypothetical);
        Assert.All(result.Steps.Where(step => step.Number > 100), step => Assert.True(step.IsHypothetical));
    }

    [Fact]
    public void Of_HistoryThatBreaks_RollsBackAndSaysWhere()
    {
        var result = RunReplay.Of(History(90, number => number <= 40), Plan, null);

        var rollback = result.Steps.First(step => step.Kind == ReplayKind.RolledBack);
        Assert.Equal("success-critical", rollback.Rule);
        Assert.InRange(rollback.Number, 45, 60);
        Assert.DoesNotContain(result.Steps, step => step.Kind == ReplayKind.Promoted);
    }

    [Fact]
    public void Of_StricterGate_HoldsWhereThePlanPromotes()
    {
        var (gates, thresholds, _) = PolicyEdits.Apply(
            GateDefinition.Default,
            new AlertThresholds(),
            "3.1/json-success=0.95@100"
        );

        var result = RunReplay.Of(History(150, number => number % 10 != 0), new ReplayPolicy(gates, thresholds), null);

        Assert.DoesNotContain(result.Steps, step => step.Kind == ReplayKind.Promoted);
        Assert.Contains(result.Steps, step =>
            step.Kind == ReplayKind.Held && step.Text.Contains("95 %", StringComparison.Ordinal)
        );
        Assert.Null(result.FirstDifference);
    }

    [Fact]
    public void Of_RepeatedStrategy_IsHeldByEvidenceIntegrity()
    {
        var result = RunReplay.Of(History(150, number => number % 10 != 0, repeat: true), Plan, null);

        Assert.DoesNotContain(result.Steps, step => step.Kind == ReplayKind.Promoted);
        Assert.Contains(result.Steps, step =>
            step.Kind == ReplayKind.Held && step.Text.Contains("mode-collapse", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Of_HistoryWithoutTimes_IsReplayedByIterationsAlone()
    {
        var records = Records(120, number => number % 10 != 0, repeat: false)
            .Select(one => one with { StartedAt = null })
            .ToArray();

        var result = RunReplay.Of(ReadReplayHistory.Of(records, Stage.TemplateLibraryOnly), Plan, null);

        Assert.Contains("time", result.LeftOut);
        Assert.Equal(100, result.Steps.First(step => step.Kind == ReplayKind.Promoted).Number);
    }

    [Fact]
    public void Of_SamePolicyAsBaseline_NeverDiffers() =>
        Assert.Null(RunReplay.Of(History(120, _ => true), Plan, Plan).FirstDifference);

    private static ReplayHistory History(int count, Func<int, bool> succeeds, bool repeat = false) =>
        ReadReplayHistory.Of(Records(count, succeeds, repeat), Stage.TemplateLibraryOnly);

    private static CheckedIteration[] Records(int count, Func<int, bool> succeeds, bool repeat) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number => new CheckedIteration
                {
                    Number = number,
                    AssignedMode = GenerationMode.Json,
                    EffectiveMode = GenerationMode.Json,
                    ContentMode = GenerationMode.Json,
                    Level = succeeds(number) ? SuccessLevel.Profitable : SuccessLevel.Executed,
                    Executed = true,
                    SharpeRatio = succeeds(number) ? 0.5 + (number * 0.001) : null,
                    TotalReturn = succeeds(number) ? 0.1 + (number * 0.001) : null,
                    Fingerprint = repeat ? "the same" : $"s{number}",
                    StartedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddHours(number * 2),
                    Duration = TimeSpan.FromSeconds(1),
                }),
        ];
}
