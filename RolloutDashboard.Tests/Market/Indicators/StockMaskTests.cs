using RolloutDashboard.Core.Market.Indicators;

namespace RolloutDashboard.Tests.Market.Indicators;

public sealed class StockMaskTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(21)]
    public void WriteAbove_AnyNumberOfStocks_SetsTheirBits(int stocks)
    {
        double[] values = [.. Enumerable.Range(0, stocks).Select(stock => stock % 4 == 3 ? double.NaN : stock % 3)];
        double[] averages = [.. Enumerable.Range(0, stocks).Select(stock => stock % 7 == 6 ? double.NaN : 0.5)];
        var bytes = new byte[StockMask.Length(stocks)];

        StockMask.WriteAbove(values, averages, margin: 1e-9, bytes);

        var bits = new StockMask(bytes);
        var chosen = new double[stocks];
        bits.Select(values, otherwise: -1, chosen);
        for (var stock = 0; stock < stocks; stock++)
        {
            Assert.Equal(values[stock] > averages[stock], bits[stock]);
            Assert.Equal(bits[stock] ? values[stock] : -1, chosen[stock]);
        }
    }

    [Fact]
    public void WriteAbove_WithinTheMargin_IsNotAbove()
    {
        var bytes = new byte[2];

        StockMask.WriteAbove([.. Enumerable.Repeat(1 + 1e-10, 9)], [.. Enumerable.Repeat(1d, 9)], margin: 1e-9, bytes);

        Assert.Equal([0, 0], bytes);
    }
}
