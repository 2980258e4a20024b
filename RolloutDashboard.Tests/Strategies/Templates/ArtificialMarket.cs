using RolloutDashboard.Core.Market;
using RolloutDashboard.Tests.Backtesting;

namespace RolloutDashboard.Tests.Strategies.Templates;

/// <summary>A random market with every field, jumps and quiet spells, whose figures lie around the thresholds of the
/// templates.</summary>
internal static class ArtificialMarket
{
    private const int PublicationDays = 21;

    public static Dictionary<MarketField, double[]> Fields(int seed, int stocks, int days, double gaps = 0)
    {
        var random = new Random(seed);
        var fields = Enum.GetValues<MarketField>().ToDictionary(field => field, _ => new double[stocks * days]);
        for (var stock = 0; stock < stocks; stock++)
        {
            double price = 20 + (80 * random.NextDouble()),
                size = Math.Exp(10.5 + (6.5 * random.NextDouble())),
                revenue = 1000,
                drift = (random.NextDouble() - 0.45) * 0.003;
            var quietUntil = 0;
            for (var day = 0; day < days; day++)
            {
                if (day % PublicationDays == 0)
                {
                    revenue *= 0.95 + (0.11 * random.NextDouble());
                    Publish(fields, random, (day * stocks) + stock, revenue);
                }
                else
                {
                    Carry(fields, (day * stocks) + stock, stocks);
                }

                quietUntil = day >= quietUntil && random.Next(100) == 0 ? day + random.Next(5, 60) : quietUntil;
                var jump = random.Next(80) == 0 ? 1.6 * (random.NextDouble() - 0.45) : 0;
                price *= 1 + drift + jump + (0.04 * (random.NextDouble() - 0.5));
                Trade(
                    fields,
                    random,
                    (day * stocks) + stock,
                    price,
                    size * (day < quietUntil ? 0.1 : 1) * (0.4 + (1.2 * random.NextDouble())),
                    random.NextDouble() < gaps
                );
            }
        }

        return fields;
    }

    public static MarketPanel Panel(Dictionary<MarketField, double[]> fields, int stocks) =>
        new(
            "artificial",
            true,
            ReferencePanel.Weekdays(fields[MarketField.Close].Length / stocks),
            [.. Enumerable.Range(0, stocks).Select(stock => $"S{stock}")],
            fields
        );

    private static void Publish(Dictionary<MarketField, double[]> fields, Random random, int index, double revenue)
    {
        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
        fields[MarketField.MonthlyRevenue][index] = revenue;
        fields[MarketField.YearlyRevenueGrowth][index] = Between(-10, 40);
        fields[MarketField.ReturnOnEquity][index] = Between(-5, 30);
        fields[MarketField.ReturnOnAssets][index] = Between(-5, 15);
        fields[MarketField.OperatingMargin][index] = Between(-2, 20);
        fields[MarketField.PriceToEarnings][index] = Between(-5, 30);
        fields[MarketField.PriceToBook][index] = Between(0.2, 5);
        fields[MarketField.DividendYield][index] = Between(3, 12);
        fields[MarketField.DirectorHolding][index] = Between(3, 40);
    }

    private static void Carry(Dictionary<MarketField, double[]> fields, int index, int stocks)
    {
        foreach (var (field, values) in fields)
        {
            if (field >= MarketField.MonthlyRevenue)
            {
                values[index] = values[index - stocks];
            }
        }
    }

    private static void Trade(
        Dictionary<MarketField, double[]> fields,
        Random random,
        int index,
        double price,
        double volume,
        bool gap
    )
    {
        fields[MarketField.Open][index] = gap ? double.NaN : price * (0.99 + (0.02 * random.NextDouble()));
        fields[MarketField.High][index] = gap ? double.NaN : price * 1.02;
        fields[MarketField.Low][index] = gap ? double.NaN : price * 0.98;
        fields[MarketField.Close][index] = gap ? double.NaN : price;
        fields[MarketField.AdjustedClose][index] = gap ? double.NaN : price;
        fields[MarketField.Volume][index] = gap ? double.NaN : volume;
        fields[MarketField.TradingValue][index] = gap ? double.NaN : volume * price;
    }
}
