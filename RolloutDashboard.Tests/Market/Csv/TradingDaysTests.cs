using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Market.Synthetic;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Tests.Market.Csv;

/// <summary>Which days belong to the calendar, and what is carried over a day without a price.</summary>
public sealed class TradingDaysTests
{
    private static readonly double NaN = double.NaN;

    [Theory]
    [InlineData(4, 2, true)]
    [InlineData(4, 1, false)]
    [InlineData(5, 3, true)]
    [InlineData(5, 2, false)]
    [InlineData(1, 1, true)]
    public async Task Load_Day_BelongsToTheCalendarFromHalfOfTheListedStocksOn(int stocks, int present, bool kept)
    {
        using var folder = new CsvFolder();
        for (var stock = 0; stock < stocks; stock++)
        {
            folder.WithCloses($"S{stock}", 1, stock < present ? 2 : null, 3);
        }

        var market = await folder.LoadAsync();

        Assert.Equal(kept ? 3 : 2, market.Panel.DayCount);
        Assert.Equal(kept ? [] : [new DateOnly(2024, 1, 2)], market.Report.DaysLeftOut);
    }

    [Fact]
    public async Task Load_StockNotListedThatDay_DoesNotCount()
    {
        // Two stocks end on the second day and two begin on the fourth: on the third only one is listed, and it has a
        // row.
        using var folder = new CsvFolder()
            .WithCloses("Always", 1, 1, 1, 1, 1)
            .WithCloses("Gone1", 1, 1)
            .WithCloses("Gone2", 1, 1)
            .WithCloses("Late1", null, null, null, 1, 1)
            .WithCloses("Late2", null, null, null, 1, 1);

        var market = await folder.LoadAsync();

        Assert.Equal(5, market.Panel.DayCount);
        Assert.Empty(market.Report.DaysLeftOut);
    }

    [Fact]
    public async Task Load_StrayDay_GivesTheSameDataAndNamesTheDay()
    {
        using var whole = new CsvFolder()
            .WithCloses("A", 5, 5.5, null, 6)
            .WithCloses("B", 4, 5, null, 6)
            .WithCloses("C", 7, 8, null, 9);
        using var stray = new CsvFolder()
            .WithCloses("A", 5, 5.5, 5.6, 6)
            .WithCloses("B", 4, 5, null, 6)
            .WithCloses("C", 7, 8, null, 9);

        var (expected, market) = (await whole.LoadAsync(), await stray.LoadAsync());

        Assert.Equal(expected.Panel.DataVersion, market.Panel.DataVersion);
        var fault = Assert.Single(market.Report.Faults);
        Assert.Equal((MarketFaultKind.DayLeftOut, new DateOnly(2024, 1, 3)), (fault.Kind, fault.Date!.Value));
        Assert.Equal(
            "1 of 3 listed stocks have a row on Wednesday 2024-01-03, fewer than half; the day is left out.",
            fault.Message
        );
    }

    [Fact]
    public async Task Load_StockOnlyOnDaysLeftOut_IsLeftOutAndNamed()
    {
        using var folder = new CsvFolder()
            .WithCloses("A", 1, null, 1)
            .WithCloses("B", 1, null, 1)
            .WithCloses("C", 1, null, 1)
            .WithCloses("Odd", null, 5);

        var market = await folder.LoadAsync();

        Assert.Equal(["A", "B", "C"], market.Panel.Stocks);
        Assert.Equal(
            [MarketFaultKind.DayLeftOut, MarketFaultKind.StockLeftOut],
            market.Report.Faults.Select(fault => fault.Kind)
        );
    }

    [Fact]
    public async Task Load_ManyDaysLeftOut_NamesEachAlsoFromTheCache()
    {
        using var folder = new CsvFolder();
        var first = new DateOnly(2020, 1, 1);
        string Row(int day) => $"{first.AddDays(day):yyyy-MM-dd},1";
        foreach (var stock in new[] { "A", "B", "C" })
        {
            folder.With(
                $"{stock}.csv",
                ["date,close", .. Enumerable.Range(0, 601).Where(day => day % 2 == 0).Select(Row)]
            );
        }

        folder.With("Daily.csv", ["date,close", .. Enumerable.Range(0, 601).Select(Row)]);

        var parsed = await folder.LoadAsync(useCache: true);
        var cached = await folder.LoadAsync(useCache: true);

        Assert.Equal(300, parsed.Report.DaysLeftOut.Count);
        Assert.Equal(parsed.Report.DaysLeftOut, cached.Report.DaysLeftOut);
        Assert.Equal(parsed.Report.CountsByKind, cached.Report.CountsByKind);
        Assert.Equal(MarketNotes.Of(parsed), MarketNotes.Of(cached));
        Assert.Equal(parsed.Panel.CarryDays, cached.Panel.CarryDays);
    }

    [Fact]
    public void Known_Gap_CarriesTheLastValuesForAtMostSoManyDays()
    {
        double[] close = [1, NaN, NaN, NaN, 5, NaN];
        double[] ratio = [7, NaN, NaN, 9, NaN, NaN];
        var panel = Panel(2, close, ratio);

        Assert.Equal([1, 1, 1, NaN, 5, NaN], panel.KnownByDay(MarketField.Close));
        Assert.Equal([7, 7, 7, 9, NaN, NaN], panel.KnownByDay(MarketField.PriceToBook));
        Assert.Equal(panel.KnownByDay(MarketField.Close), panel.KnownStock(MarketField.Close, 0).ToArray());
        Assert.Equal(close, panel.ByDay(MarketField.Close));
        Assert.Equal(new GapTotals(2, 1, 1), panel.Gaps);
        Assert.Equal(Panel(0, close, ratio).DataVersion, panel.DataVersion);
        Assert.NotEqual(Panel(0, close, ratio).IndicatorBasis, panel.IndicatorBasis);
    }

    [Fact]
    public void Known_NoGap_IsTheVeryData()
    {
        double[] close = [1, 2, 3];

        Assert.Same(close, Panel(10, close, [1, 2, 3]).KnownByDay(MarketField.Close));
        Assert.Equal([1, NaN, 3], Panel(0, [1, NaN, 3], [1, 2, 3]).KnownByDay(MarketField.Close));
    }

    /// <summary>The days behind a part of the market say nothing there: a gap that ends later is none.</summary>
    [Fact]
    public void FirstDays_GapThatEndsLater_CarriesNothing()
    {
        var panel = Panel(10, [1, NaN, 2, NaN, 4], [1, 2, 3, 4, 5]);

        var first = panel.FirstDays(4);

        Assert.Equal([1, 1, 2, NaN], first.KnownByDay(MarketField.Close)[..4]);
        Assert.False(first.IsListedAfter(0, 3));
        Assert.True(panel.IsListedAfter(0, 3));
        Assert.Equal(2, panel.KnownByDay(MarketField.Close)[3]);
        Assert.NotEqual(panel.IndicatorBasis, first.IndicatorBasis);
    }

    [Fact]
    public void Indicators_Gap_UseTheCarriedPrice()
    {
        double[] close = [10, 11, NaN, 12, 13];
        var calendar = new SignalCalendar("all", [0, 1, 2, 3, 4]);
        var cache = new IndicatorCache();
        double[] Average(int carryDays)
        {
            var view = new IndicatorView(Panel(carryDays, close, close), cache);
            var rows = view.Average(MarketField.Close, 2, calendar);
            return [.. calendar.Days.Select(day => rows.Row(day, day)[0])];
        }

        Assert.Equal([NaN, 10.5, NaN, NaN, 12.5], Average(0));
        Assert.Equal([NaN, 10.5, 11, 11.5, 12.5], Average(10));
    }

    /// <summary>Every indicator and template reads what strategies know: with gaps carried they equal those of the
    /// market with the gaps filled by hand.</summary>
    [Fact]
    public void Templates_Gap_ChooseAsIfTheLastRowHadBeenRepeated()
    {
        var panel = SyntheticMarketSource.Generate(
            new SyntheticMarketOptions { Stocks = 60, Years = 4 },
            TestContext.Current.CancellationToken
        );
        Assert.True(panel.HasGaps);
        var filled = new MarketPanel(
            "filled",
            true,
            panel.Dates,
            panel.Stocks,
            panel.Fields.ToDictionary(field => field, panel.KnownByDay)
        );

        foreach (var template in TemplateLibrary.All)
        {
            var expected = template.Plan(new IndicatorView(filled), template.Schema.Defaults(), panel.DayCount);
            var plan = template.Plan(
                new IndicatorView(panel, new IndicatorCache()),
                template.Schema.Defaults(),
                panel.DayCount
            );
            Assert.Equal(expected.Rebalances.Select(one => one.Picks), plan.Rebalances.Select(one => one.Picks));
        }
    }

    [Fact]
    public void Notes_SayWhatIsCarriedAndWhatLooksLikeASplit()
    {
        var fault = new MarketDataFault(MarketFaultKind.LargeMove, "A", new DateOnly(2024, 1, 5), null, null, "x")
        {
            Move = -0.751,
        };
        var market = new LoadedMarket(
            Panel(2, [1, NaN, NaN, NaN, 5, NaN], [1, 2, 3, 4, 5, 6]),
            new MarketDataReport("here", [fault], 1)
        );

        var notes = MarketNotes.Of(market);

        Assert.Equal(
            [
                "2 prices are carried forward over gaps of 1 stock, each for at most 2 days; nothing is traded without a price of the day.",
                "1 price moves by more than 35 % in a day, often a split without adjustment: A 2024-01-05 (-75.1 %).",
                "1 day of a stock is more than 2 days after the last price; indicators have no value there, and a holding keeps its last.",
            ],
            notes.Select(note => note.Text)
        );
        Assert.Equal(
            "2 prices carried forward, 1 possible split, 1 stock day without a price",
            MarketNotes.Line(notes)
        );
        Assert.Null(
            MarketNotes.Line(
                MarketNotes.Of(new LoadedMarket(Panel(2, [1, 2], [1, 2]), new MarketDataReport("here", [], 0)))
            )
        );
    }

    [Fact]
    public void DataView_OtherMarketLoaded_SaysThatNothingIsKnown()
    {
        var market = new LoadedMarket(Panel(2, [1, NaN, 3], [1, 2, 3]), new MarketDataReport("here", [], 0));

        var known = MarketDataView.Of(market.Panel.DataVersion, market);
        var other = MarketDataView.Of("another", market);

        Assert.Equal(
            [
                "Data of one: 1 price is carried forward over gaps of 1 stock, each for at most 2 days; nothing is traded without a price of the day.",
            ],
            known.Lines
        );
        Assert.Equal(
            [
                "The market of data version another is not the one that is loaded now, so what its data report found can't be shown here.",
            ],
            other.Lines
        );
        Assert.Equal(other.Lines, MarketDataView.Of("another", null).Lines);
    }

    private static MarketPanel Panel(int carryDays, double[] close, double[] ratio) =>
        new(
            "one",
            true,
            Backtesting.ReferencePanel.Weekdays(close.Length),
            ["A"],
            new Dictionary<MarketField, double[]> { [MarketField.Close] = close, [MarketField.PriceToBook] = ratio }
        )
        {
            CarryDays = carryDays,
        };
}
