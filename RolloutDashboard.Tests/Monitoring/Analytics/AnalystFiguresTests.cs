using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Monitoring.Aggregation;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Kpis;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Monitoring.Analytics;

public sealed class AnalystFiguresTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Figures_RepeatedStrategy_WidenTheInterval()
    {
        var repeated = GroupFigures.Of([Group("a", 40), Group("b", 10, SuccessLevel.Failed)]);
        var distinct = GroupFigures.Of([
            .. Enumerable.Range(0, 40).Select(i => Group($"a{i}", 1)),
            .. Enumerable.Range(0, 10).Select(i => Group(null, 1, SuccessLevel.Failed)),
        ]);

        Assert.Equal(0.8, repeated.Success.Share);
        Assert.Equal(0.8, distinct.Success.Share);
        Assert.Equal(50, distinct.Sample.Effective, 9);
        Assert.Equal(2500.0 / 1700, repeated.Sample.Effective, 9);
        Assert.True(repeated.Success.Interval!.Value.Lower < distinct.Success.Interval!.Value.Lower - 0.2);
    }

    [Fact]
    public void Figures_DistinctStrategies_GiveWilsonsInterval()
    {
        var interval = GroupFigures
            .Of([.. Enumerable.Range(0, 8).Select(i => Group($"a{i}", 1)), Group(null, 2, SuccessLevel.Failed)])
            .Success.Interval!.Value;

        // Wilson for 8 of 10.
        Assert.Equal(0.4902, interval.Lower, 4);
        Assert.Equal(0.9433, interval.Upper, 4);
    }

    [Fact]
    public void Figures_Nothing_MeasuresNothing()
    {
        var figures = GroupFigures.Of([]);

        Assert.Null(figures.Success.Share);
        Assert.Null(figures.Success.Interval);
        Assert.Null(figures.MeanSharpe);
        Assert.Null(figures.SharpeInterval);
    }

    [Fact]
    public void Heat_GridValuesNeverTried_AreCellsWithoutIterations()
    {
        var schema = TemplateLibrary.Find("Momentum")!.Schema;

        var heat = ParameterHeats.Of(
            "Momentum",
            schema,
            [new("""{"momentum_period":10}""", 3, 4), new("""{"momentum_period":10,"ma_periods":60}""", 0, 1)]
        );

        var period = heat.Rows.Single(row => row.Parameter == "momentum_period").Cells;
        Assert.Equal(
            [("5", 0, 0), ("10", 3, 5), ("20", 0, 0), ("30", 0, 0)],
            period.Select(cell => (cell.Value, cell.Successes, cell.N))
        );
        Assert.Null(period[0].Share);
        Assert.Equal(5, heat.N);
    }

    [Fact]
    public void Heat_ValueOffTheGridOrUnknownTemplate_IsStillShown()
    {
        var schema = TemplateLibrary.Find("Momentum")!.Schema;

        var known = ParameterHeats.Of("Momentum", schema, [new("""{"momentum_period":7}""", 1, 1)]);
        var unknown = ParameterHeats.Of("Old", null, [new("""{"b":2,"a":"x"}""", 1, 2)]);

        Assert.Equal("7", known.Rows.Single(row => row.Parameter == "momentum_period").Cells[^1].Value);
        Assert.Equal(["a", "b"], unknown.Rows.Select(row => row.Parameter));
        Assert.False(unknown.Known);
    }

    [Fact]
    public void Deployments_RolledBackKeptAndYoung_AreToldApart()
    {
        DateTimeOffset[] promotions = [Day, Day.AddDays(20), Day.AddDays(40)];

        var record = DeploymentRecord.Of(
            promotions,
            [Day.AddDays(6), Day.AddDays(28)],
            Day.AddDays(-1),
            Day.AddDays(99),
            Day.AddDays(41)
        );

        Assert.Equal((1, 1, 1), (record.Kept, record.RolledBack, record.Pending));
        Assert.Equal(0.5, record.SuccessRate);
    }

    [Fact]
    public void Deployments_RollbackAfterTheNextPromotion_BelongsToThatOne()
    {
        var record = DeploymentRecord.Of([Day, Day.AddDays(2)], [Day.AddDays(3)], Day, Day.AddDays(9), Day.AddDays(30));

        Assert.Equal((1, 1), (record.Kept, record.RolledBack));
    }

    [Fact]
    public void Periods_Week_StartOnMondayAndStopAtTheRolloutsStart()
    {
        // 4 March 2026 is a Wednesday.
        var columns = KpiPeriods.Of(KpiStep.Week, Day.AddDays(-5), Day);

        Assert.Equal(["Whole rollout", "Week 10", "Week 9"], columns.Select(column => column.Name));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), columns[1].From);
        Assert.Equal(columns[1].From, columns[2].To);
    }

    [Fact]
    public void Periods_LongRollout_KeepToSevenColumns()
    {
        Assert.Equal(8, KpiPeriods.Of(KpiStep.Month, Day.AddYears(-3), Day).Count);
        Assert.Equal("Feb 2026", KpiPeriods.Of(KpiStep.Month, Day.AddYears(-3), Day)[2].Name);
    }

    [Fact]
    public void Kpi_ErrorRateAtItsTarget_IsMissed()
    {
        var kpi = new Kpi("error-rate", "Error rate", "Operation", "", KpiUnit.Percent, 0.05, KpiBound.Below, 20, []);

        Assert.Equal(KpiJudgement.Missed, kpi.Judge(new KpiValue(0.05, 100, "iterations")));
        Assert.Equal(KpiJudgement.Met, kpi.Judge(new KpiValue(0.049, 100, "iterations")));
        Assert.Equal(KpiJudgement.TooFew, kpi.Judge(new KpiValue(0.049, 19, "iterations")));
        Assert.Equal(KpiJudgement.NotJudged, kpi.Judge(new KpiValue(null, 0, "iterations")));
    }

    // 58.7 % of 1,000 at a configured 50 % is 5.5 standard deviations off; 51 % is 0.6, 41.3 % likewise to the other
    // side.
    [Theory]
    [InlineData(0.587, 0.5, KpiJudgement.Missed)]
    [InlineData(0.413, 0.5, KpiJudgement.Missed)]
    [InlineData(0.51, 0.5, KpiJudgement.Met)]
    [InlineData(0.95, 0.95, KpiJudgement.Met)]
    [InlineData(0.99, 0.95, KpiJudgement.Missed)]
    [InlineData(0.587, null, KpiJudgement.NotJudged)]
    public void Kpi_ShareOffItsConfiguredOne_IsMissedOnBothSides(
        double share,
        double? configured,
        KpiJudgement expected
    )
    {
        var kpi = new Kpi(
            "json-share",
            "JSON share",
            "Operation",
            "",
            KpiUnit.Percent,
            0.5,
            KpiBound.AsConfigured,
            20,
            []
        );

        Assert.Equal(
            expected,
            kpi.Judge(new KpiValue(share, 1000, "iterations") { HasOwnTarget = true, Target = configured })
        );
    }

    [Fact]
    public void Kpis_OfAMixOfModesBeforeStage33_DoNotMissTheOverallTarget()
    {
        var half = new KpiFacts(
            [
                Group("a", 80),
                Group("b", 20, SuccessLevel.Failed),
                Group("c", 25) with
                {
                    Mode = GenerationMode.FullCode,
                },
                Group("d", 75, SuccessLevel.Failed) with
                {
                    Mode = GenerationMode.FullCode,
                },
            ],
            null,
            null,
            0,
            new(0, 0, 0),
            null,
            0
        );

        var early = KpiTable.Of([half], 0.5, GateDefinition.Default).Single(kpi => kpi.Key == "overall-success");
        var late = KpiTable
            .Of([half with { IsFromPrimaryOn = true }], 0.5, GateDefinition.Default)
            .Single(kpi => kpi.Key == "overall-success");

        Assert.Equal(KpiJudgement.NotJudged, early.Judge(early.Values[0]));
        Assert.Equal(KpiJudgement.Missed, late.Judge(late.Values[0]));
    }

    [Fact]
    public void ConfiguredShare_OverAPeriod_IsTheOneThatHeldAllThrough()
    {
        ConfiguredShare[] history =
        [
            new(Day, null),
            new(Day.AddDays(2), 0.5),
            new(Day.AddDays(3), 0.5),
            new(Day.AddDays(5), 0),
        ];

        Assert.Equal(0.5, ConfiguredShares.Over(history, Day.AddDays(2), Day.AddDays(5)));
        Assert.Null(ConfiguredShares.Over(history, Day.AddDays(1), Day.AddDays(4)));
        Assert.Null(ConfiguredShares.Over(history, Day.AddDays(4), Day.AddDays(6)));
        Assert.Null(ConfiguredShares.Over(history, Day, Day.AddDays(1)));
        Assert.Equal(0, ConfiguredShares.Over(history, Day.AddDays(6), Day.AddDays(7)));
        Assert.Null(ConfiguredShares.Over([], Day, Day.AddDays(1)));
    }

    private static IterationGroup Group(string? fingerprint, int count, SuccessLevel level = SuccessLevel.Profitable) =>
        new(
            GenerationMode.Json,
            level,
            "Momentum",
            fingerprint,
            count,
            count,
            0.3 * count,
            0.09 * count,
            count,
            0.1 * count,
            0,
            0,
            count,
            100 * count
        );
}
