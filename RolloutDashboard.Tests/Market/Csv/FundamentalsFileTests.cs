using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Tests.Market.Csv;

public sealed class FundamentalsFileTests
{
    private const string Header = "stock,field,period,available_from,value";

    [Fact]
    public async Task LoadAsync_Figures_StandFromTheirPublicationDay()
    {
        using var folder = new CsvFolder()
            .WithCloses("A", 1, 1, 1, 1, 1, 1, 1)
            .With(
                "fundamentals.csv",
                Header,
                "A,return_on_equity,2023-Q3,2024-01-02,7",
                "A,return_on_equity,2023-Q4,2024-01-05,9"
            );

        var panel = (await folder.LoadAsync()).Panel;

        Assert.Equal([double.NaN, 7, 7, 7, 9, 9, 9], panel.ByDay(MarketField.ReturnOnEquity));
    }

    [Fact]
    public async Task LoadAsync_PublishedOnHoliday_StandsFromNextTradingDay()
    {
        using var folder = new CsvFolder()
            .WithCloses("A", 1, 1, null, 1)
            .With("fundamentals.csv", Header, "A,price_to_book,2023,2024-01-03,2");

        var panel = (await folder.LoadAsync()).Panel;

        Assert.Equal([double.NaN, double.NaN, 2], panel.ByDay(MarketField.PriceToBook));
    }

    [Fact]
    public async Task LoadAsync_LateFigureOfEarlierPeriod_ChangesNothing()
    {
        using var folder = new CsvFolder()
            .WithCloses("A", 1, 1, 1, 1)
            .With(
                "fundamentals.csv",
                Header,
                "A,monthly_revenue,2023-11,2024-01-03,5",
                "A,monthly_revenue,2023-12,2024-01-02,6",
                "A,monthly_revenue,2023-12,2024-01-04,8"
            );

        var panel = (await folder.LoadAsync()).Panel;

        Assert.Equal([double.NaN, 6, 6, 8], panel.ByDay(MarketField.MonthlyRevenue));
    }

    [Fact]
    public async Task LoadAsync_StockWithoutPricesYet_HasNoFigureEither()
    {
        using var folder = new CsvFolder()
            .WithCloses("A", 1, 1, 1, 1)
            .WithCloses("B", null, 1, 1, null)
            .With("fundamentals.csv", Header, "B,price_to_book,2023,2024-01-01,2");

        var panel = (await folder.LoadAsync()).Panel;

        Assert.Equal([double.NaN, 2, 2, double.NaN], panel.Stock(MarketField.PriceToBook, 1).ToArray());
    }

    [Theory]
    [InlineData("Z,price_to_book,2023,2024-01-02,2", "stock 'Z' has no prices")]
    [InlineData("A,close,2023,2024-01-02,2", "field 'close' is none of")]
    [InlineData("A,mood,2023,2024-01-02,2", "field 'mood' is none of")]
    [InlineData("A,price_to_book,2023-Q5,2024-01-02,2", "period '2023-Q5' is none of")]
    [InlineData("A,price_to_book,2023-13,2024-01-02,2", "period '2023-13' is none of")]
    [InlineData("A,price_to_book,2023,soon,2", "available_from 'soon' isn't a day")]
    [InlineData("A,price_to_book,2024-01,2024-01-30,2", "which would look ahead")]
    [InlineData("A,price_to_book,2023,2024-01-02,much", "value 'much' isn't a number")]
    [InlineData("A,price_to_book,2023,2024-01-02,", "value '' isn't a number")]
    [InlineData("A,price_to_book,2023,2024-01-02", "5 cells are needed")]
    public async Task LoadAsync_BadRow_IsNamedWithLine(string row, string message)
    {
        using var folder = new CsvFolder()
            .WithCloses("A", 1, 1)
            .With("fundamentals.csv", Header, "A,price_to_book,2023-12-31,2024-01-02,2", row);

        var fault = Assert.Single((await folder.LoadAsync(faultLimit: 0.5)).Report.Faults);
        var refusal = await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync());

        Assert.Equal(("fundamentals.csv", 3), (fault.File, fault.Line));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains("fundamentals.csv: 1 of 2 rows can't be used", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_WrongHeader_IsRefused()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 1).With("fundamentals.csv", "stock,field,value");

        var fault = await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync());

        Assert.Contains(
            $"fundamentals.csv line 1: the columns must be {Header}",
            fault.Message,
            StringComparison.Ordinal
        );
    }
}
