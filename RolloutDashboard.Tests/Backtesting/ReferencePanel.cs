using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Tests.Backtesting;

/// <summary>
/// The reference panel: made of integers, + - * / and floor only, so that every language gets the same bits.
/// Uniforms come from a SplitMix64 finaliser, normals from twelve of them.
/// </summary>
public static class ReferencePanel
{
    private const ulong Seed = 20260101;

    /// <summary>Closes, day-major.</summary>
    public static double[] Closes(int stocks, int days)
    {
        var market = new double[days];
        for (var day = 0; day < days; day++)
        {
            market[day] = 0.0003 + (0.008 * Normal(Seed + 1, (ulong)day));
        }

        double[] price = new double[stocks],
            drift = new double[stocks],
            noise = new double[stocks],
            beta = new double[stocks];
        for (var stock = 0; stock < stocks; stock++)
        {
            var at = (ulong)stock * 4;
            price[stock] = 20.0 + (180.0 * Uniform(Seed + 2, at));
            drift[stock] = (Uniform(Seed + 2, at + 1) - 0.45) * 0.0008;
            noise[stock] = 0.010 + (0.020 * Uniform(Seed + 2, at + 2));
            beta[stock] = 0.5 + Uniform(Seed + 2, at + 3);
        }

        var closes = new double[days * stocks];
        for (var day = 0; day < days; day++)
        {
            for (var stock = 0; stock < stocks; stock++)
            {
                var index = (day * stocks) + stock;
                var change = Math.Clamp(
                    drift[stock] + (beta[stock] * market[day]) + (noise[stock] * Normal(Seed + 3, (ulong)index)),
                    -0.5,
                    0.5
                );
                price[stock] = Math.Max(price[stock] * (1.0 + change), 1.0);
                closes[index] = Math.Floor((price[stock] * 100.0) + 0.5) / 100.0;
            }
        }

        return closes;
    }

    /// <summary>The same closes with late listings, delistings and suspensions.</summary>
    public static double[] WithGaps(double[] closes, int stocks)
    {
        var result = closes.ToArray();
        var days = closes.Length / stocks;
        for (var stock = 0; stock < stocks; stock++)
        {
            var at = (ulong)stock * 4;
            double kind = Uniform(Seed + 4, at),
                where = Uniform(Seed + 4, at + 1),
                length = Uniform(Seed + 4, at + 2);
            var (from, to) = (kind, (int)(days * (0.2 + (0.7 * where)))) switch
            {
                (< 0.20, _) => (0, (int)(days * (0.10 + (0.50 * where)))),
                (< 0.35, _) => ((int)(days * (0.50 + (0.45 * where))), days),
                (< 0.55, var start) => (start, Math.Min(days, start + 3 + (int)(20 * length))),
                _ => (0, 0),
            };
            for (var day = from; day < to; day++)
            {
                result[(day * stocks) + stock] = double.NaN;
            }
        }

        return result;
    }

    /// <summary>Weekdays from 2015-01-01.</summary>
    public static DateOnly[] Weekdays(int days)
    {
        var dates = new List<DateOnly>(days);
        for (var date = new DateOnly(2015, 1, 1); dates.Count < days; date = date.AddDays(1))
        {
            if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                dates.Add(date);
            }
        }

        return [.. dates];
    }

    public static MarketPanel Panel(int stocks, double[] closes) =>
        new(
            "reference",
            true,
            Weekdays(closes.Length / stocks),
            [.. Enumerable.Range(0, stocks).Select(stock => $"S{stock:0000}")],
            new Dictionary<MarketField, double[]> { [MarketField.Close] = closes }
        );

    private static ulong Hash(ulong seed, ulong index)
    {
        unchecked
        {
            var z = (seed * 0xD1342543DE82EF95) + ((index + 1) * 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    private static double Uniform(ulong seed, ulong index) => (Hash(seed, index) >> 11) * (1.0 / (1UL << 53));

    private static long Fields(ulong seed, ulong index)
    {
        var hash = Hash(seed, index);
        return (long)((hash & 0xFFFF) + ((hash >> 16) & 0xFFFF) + ((hash >> 32) & 0xFFFF) + (hash >> 48));
    }

    private static double Normal(ulong seed, ulong index) =>
        (Fields(seed, index * 3) + Fields(seed, (index * 3) + 1) + Fields(seed, (index * 3) + 2) - 393210) / 65536.0;
}
