using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;

[assembly: AssemblyFixture(typeof(RolloutDashboard.Tests.Strategies.FullCode.StrategyHostFixture))]

namespace RolloutDashboard.Tests.Strategies.FullCode;

/// <summary>One strategy host for all tests: starting a compiler costs seconds.</summary>
public sealed class StrategyHostFixture : IAsyncLifetime
{
    public static SandboxOptions Options { get; } =
        new()
        {
            HostPath = Path.Combine(AppContext.BaseDirectory, "RolloutDashboard.StrategyHost.dll"),
            CompileTimeout = TimeSpan.FromMinutes(2),
            RunTimeout = TimeSpan.FromSeconds(60),
            CpuSeconds = 30,
        };

    public ChildProcessStrategyHost Host { get; } = new(Options, TimeProvider.System);

    /// <summary>A small market with a hole: stock 3 has no price on the last days.</summary>
    public MarketPanel Market { get; } = SmallMarket(days: 300, stocks: 12);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public static MarketPanel SmallMarket(int days, int stocks)
    {
        var dates = new List<DateOnly>();
        for (var date = new DateOnly(2020, 1, 1); dates.Count < days; date = date.AddDays(1))
        {
            if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                dates.Add(date);
            }
        }

        var close = new double[days * stocks];
        var volume = new double[days * stocks];
        for (var day = 0; day < days; day++)
        {
            for (var stock = 0; stock < stocks; stock++)
            {
                close[(day * stocks) + stock] =
                    stock == 3 && day >= days - 80
                        ? double.NaN
                        : 20 + stock + (0.01 * stock * day) + Math.Sin((day + (7 * stock)) / 9.0);
                volume[(day * stocks) + stock] = 1000 + (10 * ((day * 7) + (stock * 13) % 50));
            }
        }

        return new MarketPanel(
            "small",
            true,
            dates,
            [.. Enumerable.Range(0, stocks).Select(stock => $"S{stock}")],
            new Dictionary<MarketField, double[]> { [MarketField.Close] = close, [MarketField.Volume] = volume }
        );
    }
}
