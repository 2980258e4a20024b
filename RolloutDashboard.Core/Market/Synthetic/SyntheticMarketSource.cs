namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>A market made from a seed, calibrated to published equity figures; see docs/market.md.</summary>
public sealed class SyntheticMarketSource(SyntheticMarketOptions options) : IMarketSource
{
    /// <inheritdoc />
    public Task<LoadedMarket> LoadAsync(CancellationToken cancellationToken) =>
        Task.Run(() => new LoadedMarket(Generate(options, cancellationToken), Report(options)), cancellationToken);

    /// <summary>Makes the whole market at once.</summary>
    public static MarketPanel Generate(SyntheticMarketOptions options, CancellationToken cancellationToken = default)
    {
        var shown = options.Years * SyntheticModel.DaysPerYear;
        var days = TradingCalendar.EndingAt(SyntheticModel.LastDay, shown + SyntheticModel.BurnInDays);
        var factors = CommonFactors.Simulate(options.Seed, days.Length);
        var publications = PublicationCalendar.Of(days);
        var betas = Betas(options);
        var columns = new PanelColumns(shown, options.Stocks);

        Parallel.For(0, options.Stocks, new ParallelOptions { CancellationToken = cancellationToken }, stock =>
        {
            var path = StockPath.Simulate(options.Seed, stock, betas[stock], factors);
            columns.Fill(stock, path, Fundamentals.Publish(options.Seed, stock, path, publications));
        });

        var stocks = Enumerable.Range(1, options.Stocks).Select(number => $"S{number:0000}").ToArray();
        return new MarketPanel(
            Name(options),
            isSynthetic: true,
            days[SyntheticModel.BurnInDays..],
            stocks,
            columns.Values
        )
        {
            CarryDays = MarketPanel.UsualCarryDays,
        };
    }

    private static string Name(SyntheticMarketOptions options) => $"Synthetic, seed {options.Seed}";

    private static MarketDataReport Report(SyntheticMarketOptions options) => new(Name(options), [], 0);

    /// <summary>Sensitivities to the market, with mean exactly 1 so that all stocks together earn the market's
    /// drift.</summary>
    private static double[] Betas(SyntheticMarketOptions options)
    {
        var random = new RandomStream(options.Seed, StreamPurpose.Betas, 0);
        var betas = Enumerable
            .Range(0, options.Stocks)
            .Select(_ => Math.Clamp(1 + (SyntheticModel.BetaSpread * random.Normal()), 0.3, 2))
            .ToArray();
        var mean = betas.Sum() / betas.Length;
        return [.. betas.Select(beta => beta / mean)];
    }
}
