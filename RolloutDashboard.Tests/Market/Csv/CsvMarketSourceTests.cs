using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Csv;

namespace RolloutDashboard.Tests.Market.Csv;

public sealed class CsvMarketSourceTests
{
    [Fact]
    public async Task LoadAsync_FilePerStock_AlignsByDate()
    {
        using var folder = new CsvFolder()
            .With("B.csv", "date,open,high,low,close,volume", "2024-01-03,9,11,8,10,100")
            .With("A.csv", "Date,Close,Adj Close,Volume", "2024-01-02,20,10,5", "2024-01-03,22,11,6");

        var panel = (await folder.LoadAsync()).Panel;

        Assert.Equal(["A", "B"], panel.Stocks);
        Assert.Equal([new DateOnly(2024, 1, 2), new DateOnly(2024, 1, 3)], panel.Dates);
        Assert.Equal([20, double.NaN, 22, 10], panel.ByDay(MarketField.Close));
        Assert.Equal([10, double.NaN, 11, 10], panel.ByDay(MarketField.AdjustedClose));
        Assert.Equal([100, double.NaN, 132, 1000], panel.ByDay(MarketField.TradingValue));
        Assert.Equal([double.NaN, double.NaN, double.NaN, 9], panel.ByDay(MarketField.Open));
        Assert.False(panel.IsSynthetic);
        Assert.False(panel.Has(MarketField.PriceToBook));
    }

    [Fact]
    public async Task LoadAsync_FileOfAHundredColumns_KeepsTheFieldsOfAMarket()
    {
        var (names, cells) = (Enumerable.Range(1, 98).Select(i => $"c{i}"), Enumerable.Range(1, 98));
        using var folder = new CsvFolder().With(
            "A.csv",
            $"date,{string.Join(',', names)},close",
            $"2024-01-02,{string.Join(',', cells)},20",
            $"2024-01-03,{string.Join(',', cells)},22"
        );

        var panel = (await folder.LoadAsync()).Panel;

        Assert.Equal([20, 22], panel.ByDay(MarketField.Close));
    }

    [Theory]
    [InlineData("stock")]
    [InlineData("symbol")]
    public async Task LoadAsync_LongFile_SplitsByStock(string column)
    {
        using var folder = new CsvFolder().With(
            "all.csv",
            $"date,{column},close",
            "2024-01-02,B,1",
            "2024-01-02,A,2",
            "2024-01-03,B,3",
            "2024-01-03,A,4"
        );

        var byFolder = (await folder.LoadAsync()).Panel;
        var byFile = (
            await new CsvMarketSource(
                new CsvMarketOptions { Path = Path.Combine(folder.Path, "all.csv"), UseCache = false }
            ).LoadAsync(TestContext.Current.CancellationToken)
        ).Panel;

        Assert.Equal(["A", "B"], byFolder.Stocks);
        Assert.Equal([2, 1, 4, 3], byFolder.ByDay(MarketField.Close));
        Assert.Equal(byFolder.DataVersion, byFile.DataVersion);
    }

    [Fact]
    public async Task LoadAsync_WindowsLinesQuotesAndMark_AreRead()
    {
        using var folder = new CsvFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "A.csv"),
            "\uFEFF\"date\",\"close\"\r\n\"2024-01-02\", 1.5 \r\n\r\n2024-01-03,2e0\r\n",
            TestContext.Current.CancellationToken
        );

        var panel = (await folder.LoadAsync()).Panel;

        Assert.Equal([1.5, 2], panel.ByDay(MarketField.Close));
    }

    [Fact]
    public async Task LoadAsync_NoFolder_NamesSettingAndRemedy()
    {
        var source = new CsvMarketSource(new CsvMarketOptions { Path = "no-such-folder" });

        var fault = await Assert.ThrowsAsync<MarketDataException>(() =>
            source.LoadAsync(TestContext.Current.CancellationToken)
        );

        Assert.Contains(
            "Market:Path 'no-such-folder' doesn't exist. Set Market:Path to a folder",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task LoadAsync_NoCsvFile_NamesSettingAndRemedy()
    {
        using var folder = new CsvFolder()
            .With("LICENSE.txt", "MIT")
            .With("fundamentals.csv", "stock,field,period,available_from,value");

        var fault = await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync());

        Assert.Contains("holds no CSV file with prices", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Market:Path", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("date;open;close", "2024-01-02;1;2", "A.csv line 1: the columns are 'date;open;close'")]
    [InlineData("2024-01-02,1,2", "2024-01-03,1,2", "'date' and 'close' are needed")]
    [InlineData("date,close,close", "2024-01-03,1,2", "two columns hold close")]
    public async Task LoadAsync_WrongHeader_IsRefused(string header, string row, string message)
    {
        using var folder = new CsvFolder().With("A.csv", header, row);

        var fault = await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync());

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A.csv is empty")]
    [InlineData("A.csv has no rows", CsvFolder.Header)]
    public async Task LoadAsync_NoRows_IsRefused(string message, params string[] lines)
    {
        using var folder = new CsvFolder().With("A.csv", lines);

        var fault = await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync());

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_SameStockTwice_IsRefused()
    {
        using var folder = new CsvFolder().WithCloses("A", 1, 2).With("all.csv", "date,stock,close", "2024-01-01,A,1");

        var fault = await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync());

        Assert.Contains("A.csv and all.csv both hold stock 'A'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_ManyFilesRefused_NamesEach()
    {
        using var folder = new CsvFolder().With("A.csv", "x").With("B.csv", "y");

        var fault = await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync());

        Assert.Contains("A.csv line 1", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task LoadAsync_BadRows_AreDroppedUpToLimit(int bad, bool accepted)
    {
        var rows = Enumerable.Range(1, 20).Select(day => day <= bad ? $"2024-01-{day:00},oops" : $"2024-01-{day:00},5");
        using var folder = new CsvFolder().With("A.csv", ["date,close", .. rows]);

        if (accepted)
        {
            var market = await folder.LoadAsync();
            Assert.Equal(20 - bad, market.Panel.DayCount);
            Assert.Equal(
                "A.csv line 2: close 'oops' isn't a number like 12.34; row dropped.",
                market.Report.Faults[0].Message
            );
        }
        else
        {
            var fault = await Assert.ThrowsAsync<MarketDataException>(() => folder.LoadAsync());
            Assert.Contains(
                "A.csv: 2 of 20 rows can't be used, more than Market:FaultLimit (5 %) allows. First, line 2: close 'oops'",
                fault.Message,
                StringComparison.Ordinal
            );
        }
    }
}
