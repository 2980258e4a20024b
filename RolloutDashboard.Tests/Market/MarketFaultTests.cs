using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Tests.Market;

/// <summary>Each kind of fault is planted once, beside a near miss that must stay silent.</summary>
public sealed class MarketFaultTests
{
    [Theory]
    [InlineData("2024-02-30,1,1,1,1,1", MarketFaultKind.UnreadableRow)]
    [InlineData("02/01/2024,1,1,1,1,1", MarketFaultKind.UnreadableRow)]
    [InlineData("2024-01-09,1,1,1,1", MarketFaultKind.UnreadableRow)]
    [InlineData("2024-01-09,1,1,1,1,1,1", MarketFaultKind.UnreadableRow)]
    [InlineData("2024-01-09,1,1,1,null,1", MarketFaultKind.UnreadableRow)]
    [InlineData("2024-01-09,1,1,1,1x,1", MarketFaultKind.UnreadableRow)]
    [InlineData("2024-01-09,1,1,1,NaN,1", MarketFaultKind.UnreadableRow)]
    [InlineData("2024-01-09,1,1,1,,1", MarketFaultKind.UnreadableRow)]
    [InlineData("2024-01-09,1,1,1,1,-5", MarketFaultKind.UnreadableRow)]
    [InlineData("2024-01-09,1,1,1,0,1", MarketFaultKind.NonPositivePrice)]
    [InlineData("2024-01-09,-1,1,1,1,1", MarketFaultKind.NonPositivePrice)]
    [InlineData("2024-01-08,1,1,1,1,1", MarketFaultKind.DateOrder)]
    [InlineData("2024-01-07,1,1,1,1,1", MarketFaultKind.DateOrder)]
    public async Task LoadAsync_UnusableRow_IsDroppedAndNamed(string row, string kind)
    {
        using var folder = new CsvFolder().With(
            "A.csv",
            CsvFolder.Header,
            "2024-01-07,1,1,1,1,1",
            "2024-01-08,1,1,1,1,1",
            row,
            "2024-01-10,1,1,1,1,1"
        );

        var market = await folder.LoadAsync(faultLimit: 0.5);

        var fault = Assert.Single(market.Report.Faults);
        Assert.Equal((kind, "A.csv", 4), (fault.Kind, fault.File, fault.Line));
        Assert.Equal(3, market.Panel.DayCount);
    }

    [Theory]
    [InlineData("2024-01-09,0.01,1,0.01,1,0")]
    [InlineData("2024-01-09,1,1,1,1.0,1e3")]
    public async Task LoadAsync_UsualRow_HasNoFault(string row)
    {
        using var folder = new CsvFolder().With("A.csv", CsvFolder.Header, "2024-01-08,1,1,1,1,1", row);

        Assert.Equal(0, (await folder.LoadAsync()).Report.FaultCount);
    }

    [Theory]
    [InlineData(MarketFaultKind.LargeMove, 100, 100, 64.9, 64)]
    [InlineData(MarketFaultKind.LargeMove, 100, 100, 135.1, 130)]
    [InlineData(MarketFaultKind.LargeMove, 100, 100, 100, 50)]
    [InlineData(MarketFaultKind.LargeMove, 100, 100, 50, 65)]
    [InlineData(MarketFaultKind.Glitch, 100, 100, 50, 101)]
    [InlineData(MarketFaultKind.Glitch, 100, 100, 160, 95)]
    [InlineData(null, 100, 100, 65.1, 64)]
    [InlineData(null, 100, 100, 134.9, 130)]
    public async Task LoadAsync_Move_IsJudgedBySizeAndReturn(string? kind, double a, double b, double c, double d)
    {
        using var folder = new CsvFolder().WithCloses("A", a, b, c, d);

        var faults = (await folder.LoadAsync()).Report.Faults;

        Assert.Equal(kind, faults.SingleOrDefault()?.Kind);
    }

    [Fact]
    public async Task LoadAsync_SplitInAdjustedClose_IsNoLargeMove()
    {
        using var folder = new CsvFolder().With(
            "A.csv",
            "date,close,adjusted_close",
            "2024-01-02,100,50",
            "2024-01-03,50,50"
        );

        Assert.Equal(0, (await folder.LoadAsync()).Report.FaultCount);
    }

    [Theory]
    [InlineData("1,10,8,10.01,5", true)]
    [InlineData("1,10,8,7.99,5", true)]
    [InlineData("1,8,10,9,5", true)]
    [InlineData("1,10,8,10,5", false)]
    [InlineData("1,10,8,8,5", false)]
    public async Task LoadAsync_CloseAgainstRange_IsReported(string cells, bool reported)
    {
        using var folder = new CsvFolder().With("A.csv", CsvFolder.Header, $"2024-01-02,{cells}");

        var faults = (await folder.LoadAsync()).Report.Faults;

        Assert.Equal(reported ? [MarketFaultKind.CloseOutsideRange] : [], faults.Select(fault => fault.Kind));
    }

    [Theory]
    [InlineData(",2,1,1,5", "open is empty.")]
    [InlineData("1,,1,1,5", "high is empty.")]
    [InlineData("1,2,,1,5", "low is empty.")]
    [InlineData("1,2,1,1,", "volume is empty.")]
    public async Task LoadAsync_EmptyCell_StaysWithoutValueAndIsNamed(string cells, string message)
    {
        using var folder = new CsvFolder().With("A.csv", CsvFolder.Header, $"2024-01-02,{cells}");

        var market = await folder.LoadAsync();

        var fault = Assert.Single(market.Report.Faults);
        Assert.Equal((MarketFaultKind.MissingValue, message), (fault.Kind, fault.Message));
        Assert.Equal([1], market.Panel.ByDay(MarketField.Close));
    }

    [Fact]
    public async Task LoadAsync_HolesAndEnds_AreToldApart()
    {
        using var folder = new CsvFolder()
            .WithCloses("Full", 1, 1, 1, 1, 1)
            .WithCloses("Hole", 1, null, 1, 1, 1)
            .WithCloses("Late", null, 1, 1, 1, 1)
            .WithCloses("Gone", 1, 1, 1, 1, null);

        var faults = (await folder.LoadAsync()).Report.Faults;

        Assert.Equal(
            [
                (MarketFaultKind.MissingDay, "Hole", 2),
                (MarketFaultKind.EarlyEnd, "Gone", 4),
                (MarketFaultKind.LateListing, "Late", 2),
            ],
            faults.Select(fault => (fault.Kind, fault.Stock, fault.Date!.Value.Day))
        );
    }

    [Theory]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public async Task LoadAsync_DayOfFewStocks_IsThin(int present, bool thin)
    {
        using var folder = new CsvFolder();
        for (var stock = 0; stock < 20; stock++)
        {
            folder.WithCloses($"S{stock}", 1, stock < present ? 1 : null, 1);
        }

        var report = (await folder.LoadAsync()).Report;

        Assert.Equal(thin ? 1 : 5, report.FaultCount);
        Assert.All(report.Faults, fault =>
            Assert.Equal(thin ? MarketFaultKind.ThinDay : MarketFaultKind.MissingDay, fault.Kind)
        );
    }

    [Fact]
    public async Task LoadAsync_UnknownColumn_IsNamed()
    {
        using var folder = new CsvFolder().With("A.csv", "date,close,mood", "2024-01-02,1,good");

        var fault = Assert.Single((await folder.LoadAsync()).Report.Faults);

        Assert.Equal(
            (MarketFaultKind.UnknownColumn, "Column 'mood' is no field of a market and is left out."),
            (fault.Kind, fault.Message)
        );
    }

    [Fact]
    public async Task LoadAsync_ManyFaultsOfAKind_KeepsSomeAndCountsAll()
    {
        using var folder = new CsvFolder();
        for (var stock = 0; stock < 30; stock++)
        {
            folder.With(
                $"S{stock:00}.csv",
                [CsvFolder.Header, .. Enumerable.Range(1, 28).Select(day => $"2024-01-{day:00},,1,1,1,1")]
            );
        }

        var report = (await folder.With("X.csv", CsvFolder.Header, "2024-01-28,1,1,1,2,1").LoadAsync()).Report;

        Assert.Equal((30 * 28) + 2, report.FaultCount);
        Assert.Equal(200 + 2, report.Faults.Count);
        Assert.Equal(MarketFaultKind.CloseOutsideRange, report.Faults[0].Kind);
        Assert.Equal(MarketFaultKind.LateListing, report.Faults[^1].Kind);
    }
}
