using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Criteria.Means;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence.Histories;

public sealed class SummariseHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly HistoryPolicy Plan = ReadHistoryPolicy.Of(
        GateDefinition.Default,
        new StageOptions(),
        new GateOptions()
    );

    [Fact]
    public void Of_SixOfTenSucceed_GivesRateIntervalAndMean()
    {
        var summary = Of([.. Enumerable.Range(0, 10).Select(i => Record(i, sharpe: i < 6 ? 0.5 : -0.5))]);

        // Wilson, 95 %, 6 of 10: 31.27 to 83.18 %.
        Assert.Equal((10, 6, 0.6), (summary.Overall.N, summary.Overall.Successes, summary.Overall.Rate!.Value));
        Assert.Equal(0.3127, summary.Overall.RateInterval!.Value.Lower, 0.0001);
        Assert.Equal(0.8318, summary.Overall.RateInterval!.Value.Upper, 0.0001);
        Assert.Equal(0.1, summary.Overall.MeanSharpe!.Value, 12);
        Assert.Equal((10, 10), (summary.Overall.WithStrategy, summary.Overall.Distinct!.Value));
    }

    [Fact]
    public void Of_RecordsWithoutAnyStrategy_DistinctIsUnknown()
    {
        var summary = Of([.. Enumerable.Range(0, 10).Select(i => Record(i) with { Fingerprint = null })]);

        Assert.Null(summary.Overall.Distinct);
        Assert.Equal(0, summary.Overall.WithStrategy);
    }

    [Fact]
    public void Of_RepeatedStrategyAndRecordsWithout_CountsOnlyWhatIsHeld()
    {
        var summary = Of([
            .. Enumerable
                .Range(0, 9)
                .Select(i =>
                    Record(i) with
                    {
                        Fingerprint =
                            i < 3 ? null
                            : i < 8 ? "one"
                            : "two",
                    }
                ),
        ]);

        Assert.Equal((9, 6, 2), (summary.Overall.N, summary.Overall.WithStrategy, summary.Overall.Distinct!.Value));
    }

    [Fact]
    public void Of_Mutations_StandBesideAndCountInNoRate()
    {
        var summary = Of([
            .. Enumerable.Range(0, 4).Select(i => Record(i, sharpe: null)),
            .. Enumerable
                .Range(4, 10)
                .Select(i => Record(i) with { Kind = IterationKind.Mutation, Fingerprint = "same" }),
        ]);

        Assert.Equal((4, 0), (summary.Overall.N, summary.Overall.Successes));
        Assert.Equal(
            (10, 10, 1),
            (summary.Mutations.N, summary.Mutations.Successes, summary.Mutations.Distinct!.Value)
        );
    }

    [Theory]
    [InlineData(1e160)]
    [InlineData(1e308)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Of_ExtremeSharpe_IsAnsweredAndNothingInItIsNotFinite(double extreme)
    {
        var summary = Of([
            .. Enumerable.Range(0, 120).Select(i => Record(i, GenerationMode.Json, i == 4 ? extreme : 0.4)),
        ]);

        Assert.Equal(4, summary.Gates.Count);
        Assert.True(summary.Overall.MeanSharpe is { } mean && double.IsFinite(mean), $"{summary.Overall}");
        Assert.Equal(double.IsFinite(extreme) ? 0 : 1, summary.Overall.NotFinite);
        Assert.All(summary.Gates, gate => Assert.NotEqual(Verdict.Pass, gate.Verdict));
    }

    [Fact]
    public void Of_EverythingItHoldsIsMet_GateIsNotPassedAndNamesWhatIsNotAnswered()
    {
        var gate = Gate(Of(Steady(120, days: 8)), Stage.TemplateLibraryOnly);

        Assert.Equal(Verdict.NotMeasured, gate.Verdict);
        Assert.Equal(
            [
                TimeCriterion.Key,
                IntegrityCriterion.Key,
                JsonIterationsCriterion.Key,
                JsonSuccessCriterion.Key,
                JsonSharpeCriterion.Key,
            ],
            gate.Answered.Select(one => one.Key)
        );
        Assert.All(gate.Answered, one => Assert.Equal(Verdict.Pass, one.Verdict));
        Assert.Equal(
            [
                DataFreshCriterion.Key,
                MonitoringCriterion.Key,
                NoCrashCriterion.Key,
                CacheHitRateCriterion.Key,
                StagingValidationCriterion.Key,
            ],
            gate.NotAnswered.Select(one => one.Key)
        );
        Assert.All(gate.NotAnswered, one => Assert.Equal(HistoryGapReason.NotInRecords, one.Reason));
        Assert.Contains(
            "the 5 criteria that the records answer are met, 5 they don't answer",
            gate.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_TargetIsMissed_SaysTheFirstReason()
    {
        var gate = Gate(
            Of([
                .. Steady(120, days: 8).Select(one => one with { SharpeRatio = one.SharpeRatio is null ? null : 0.1 }),
            ]),
            Stage.TemplateLibraryOnly
        );

        Assert.Equal(
            (Verdict.Fail, "Gate 3.1 fails: Mean Sharpe, JSON is 0.1 of 108, target ≥ 0.15."),
            (gate.Verdict, gate.Reason)
        );
    }

    [Fact]
    public void Of_EditedGate_IsTheOneThatJudges()
    {
        var strict = PolicyEdits.Apply(GateDefinition.Default, new(), "3.1/json-success=0.95@100").Gates with
        {
            Version = 7,
        };

        var summary = SummariseHistory.Of(
            new HistoryRecords(Steady(120, days: 8), 120, [], null),
            Plan with
            {
                Gates = strict,
            }
        );

        Assert.Equal(7, summary.GateVersion);
        Assert.Equal(
            "Gate 3.1 fails: JSON success rate is 90.0 % of 120, target ≥ 95 %.",
            Gate(summary, Stage.TemplateLibraryOnly).Reason
        );
    }

    [Fact]
    public void Of_SpanShorterThanTheStage_TimeKeepsItFromPassing()
    {
        var gate = Gate(Of(Steady(120, days: 2)), Stage.TemplateLibraryOnly);

        Assert.Equal(
            (Verdict.Inconclusive, "Gate 3.1 is collecting: Time in stage is 2 days, target ≥ 7 days."),
            (gate.Verdict, gate.Reason)
        );
    }

    [Fact]
    public void Of_RecordsWithoutTimes_TimeIsNotAnswered()
    {
        var gate = Gate(
            Of([.. Steady(120, days: 8).Select((one, i) => i == 5 ? one with { StartedAt = null } : one)]),
            Stage.TemplateLibraryOnly
        );

        Assert.Equal(HistoryGapReason.NoTimes, gate.NotAnswered.Single(one => one.Key == TimeCriterion.Key).Reason);
    }

    [Fact]
    public void Of_TimeAtTheEndOfTheCalendar_TimeIsNotAnsweredAndNothingFails()
    {
        var summary = Of([
            .. Steady(120, days: 8)
                .Select(one => one with { StartedAt = DateTimeOffset.MaxValue, Duration = TimeSpan.FromDays(1) }),
        ]);

        Assert.All(summary.Gates, gate => Assert.NotEqual(Verdict.Error, gate.Verdict));
        Assert.Equal(
            HistoryGapReason.NoTimes,
            Gate(summary, Stage.Primary).NotAnswered.Single(one => one.Key == TimeCriterion.Key).Reason
        );
    }

    [Fact]
    public void Of_RecordsThatDeclareNoArm_CountOverallAndJudgeNoArm()
    {
        var summary = Of([.. Steady(320, days: 15).Select(one => one with { ArmUndeclared = true })]);

        Assert.Equal((320, 0, 0, 320), (summary.Overall.N, summary.Json.N, summary.FullCode.N, summary.Undeclared.N));
        var gate = Gate(summary, Stage.Primary);
        Assert.Equal("90.0 % of 320", gate.Answered.Single(one => one.Key == OverallSuccessCriterion.Key).Actual);
        Assert.Equal(
            [JsonIterationsCriterion.Key, FullCodeIterationsCriterion.Key, JsonSuccessCriterion.Key],
            gate.NotAnswered.Where(one => one.Reason == HistoryGapReason.NoArm).Select(one => one.Key)
        );
    }

    [Fact]
    public void Of_AnnualReturns_AreNotTakenForTotalOnes()
    {
        var gate = Gate(
            Of([.. Steady(120, days: 31).Select(one => one with { MetricBasis = CheckedIteration.AnnualReturn })]),
            Stage.FullProduction
        );

        Assert.Equal(
            HistoryGapReason.NoValue,
            gate.NotAnswered.Single(one => one.Key == TotalReturnCriterion.Key).Reason
        );
    }

    [Fact]
    public void Of_NoFullCodeRecord_WhatNeedsTheArmIsNotAnswered()
    {
        var gate = Gate(Of(Steady(220, days: 15)), Stage.Hybrid);

        Assert.Equal(
            [FullCodeIterationsCriterion.Key, SuccessRatioCriterion.Key],
            gate.NotAnswered.Where(one => one.Reason == HistoryGapReason.NoArm).Select(one => one.Key)
        );
        Assert.Equal(Verdict.NotMeasured, gate.Verdict);
    }

    [Fact]
    public void Of_BlockingFinding_FailsEveryGate()
    {
        var summary = SummariseHistory.Of(
            new HistoryRecords(Steady(120, days: 8), 120, ["metric-basis", "metric-basis"], null),
            Plan
        );

        Assert.All(summary.Gates, gate =>
            Assert.Equal(
                (
                    Verdict.Fail,
                    $"Gate {gate.Stage.Number()} fails: Evidence integrity is 2 open, target no open blocking finding. Found: metric-basis."
                ),
                (gate.Verdict, gate.Reason)
            )
        );
    }

    [Fact]
    public void Of_CheckThatFailed_IsAnErrorOfTheGateWithItsWords()
    {
        var summary = SummariseHistory.Of(
            new HistoryRecords(Steady(120, days: 8), 120, null, "A check could not run: survivorship"),
            Plan
        );

        Assert.All(summary.Gates, gate => Assert.Equal(Verdict.Error, gate.Verdict));
        Assert.Contains("A check could not run: survivorship", summary.Gates[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_JudgementThrows_IsToldAndTheFiguresStand()
    {
        var damaged = GateDefinition.Default with { Stages = null! };

        var summary = SummariseHistory.Of(
            new HistoryRecords(Steady(120, days: 8), 120, [], null),
            Plan with
            {
                Gates = damaged,
            }
        );

        Assert.Equal(120, summary.Overall.N);
        Assert.All(summary.Gates, gate => Assert.Equal(Verdict.Error, gate.Verdict));
        Assert.StartsWith("Gate 3.1 could not be judged: ", summary.Gates[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoRecord_IsAnswered()
    {
        var summary = Of([]);

        Assert.Equal(
            (0, (double?)null, (double?)null),
            (summary.Overall.N, summary.Overall.Rate, summary.Overall.MeanSharpe)
        );
        Assert.All(summary.Gates, gate => Assert.NotEqual(Verdict.Pass, gate.Verdict));
    }

    private static HistorySummary Of(IReadOnlyList<CheckedIteration> records) =>
        SummariseHistory.Of(new HistoryRecords(records, records.Count, [], null), Plan);

    private static HistoryGate Gate(HistorySummary summary, Stage stage) =>
        summary.Gates.Single(gate => gate.Stage == stage);

    // Nine of ten JSON records succeed.
    private static CheckedIteration[] Steady(int count, int days) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    Record(i, GenerationMode.Json, i % 10 == 9 ? null : 0.5) with
                    {
                        StartedAt = Start.AddTicks(TimeSpan.FromDays(days).Ticks * i / (count - 1)),
                    }
                ),
        ];

    private static CheckedIteration Record(
        int number,
        GenerationMode mode = GenerationMode.Json,
        double? sharpe = 0.5
    ) =>
        new()
        {
            Number = number,
            AssignedMode = mode,
            EffectiveMode = mode,
            Level =
                sharpe is not { } value ? SuccessLevel.Failed
                : value > 0 ? SuccessLevel.Profitable
                : SuccessLevel.Measured,
            SharpeRatio = sharpe,
            TotalReturn = sharpe / 3,
            MaxDrawdown = sharpe is null ? null : -0.1,
            Fingerprint = sharpe is null ? null : $"strategy {number}",
            StartedAt = Start.AddMinutes(number),
        };
}
