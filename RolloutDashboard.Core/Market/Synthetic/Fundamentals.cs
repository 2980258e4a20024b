namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>What a stock has published, one value per simulated day: the latest known on that day.</summary>
internal sealed class Fundamentals(int days)
{
    public double[] MonthlyRevenue { get; } = NotYet(days);

    public double[] RevenueGrowth { get; } = NotYet(days);

    public double[] ReturnOnEquity { get; } = NotYet(days);

    public double[] ReturnOnAssets { get; } = NotYet(days);

    public double[] OperatingMargin { get; } = NotYet(days);

    public double[] DirectorHolding { get; } = NotYet(days);

    public double[] BookPerShare { get; } = NotYet(days);

    public double[] EarningsPerShare { get; } = NotYet(days);

    public double[] DividendPerShare { get; } = NotYet(days);

    public static Fundamentals Publish(int seed, int stock, StockPath path, PublicationCalendar calendar)
    {
        var published = new Fundamentals(path.Close.Length);
        var random = new RandomStream(seed, StreamPurpose.Fundamentals, stock);
        published.PublishRevenue(path, calendar.Months, random);
        published.PublishQuarters(path, calendar.Quarters, random);
        published.PublishHoldings(calendar.Holdings, random);
        return published;
    }

    private static double[] NotYet(int days)
    {
        var values = new double[days];
        Array.Fill(values, double.NaN);
        return values;
    }

    private void PublishRevenue(StockPath path, Period[] months, RandomStream random)
    {
        var size = PortableMath.Exp(PortableMath.Log(500_000_000) + (1.2 * random.Normal()));
        var season = Enumerable.Range(0, 12).Select(_ => SyntheticModel.SeasonSpread * random.Normal()).ToArray();
        var revenues = new double[months.Length];
        for (var i = 0; i < months.Length; i++)
        {
            var month = months[i];
            var trend = SyntheticModel.NominalGrowth / 12 * i;
            revenues[i] = Math.Round(
                size
                    * PortableMath.Exp(
                        trend
                            + path.Earnings[month.End]
                            + season[month.Number - 1]
                            + (SyntheticModel.RevenueNoise * random.Normal())
                    )
            );
            From(MonthlyRevenue, month.Available, revenues[i]);
            if (i >= 12)
            {
                From(RevenueGrowth, month.Available, Hundredths(100 * ((revenues[i] / revenues[i - 12]) - 1)));
            }
        }
    }

    private void PublishQuarters(StockPath path, Period[] quarters, RandomStream random)
    {
        var equityShare = 0.25 + (0.55 * random.Uniform());
        var usualMargin = 8 + (5 * random.Normal());
        var payout = random.Uniform() < SyntheticModel.NonPayers ? 0 : 0.25 + (0.55 * random.Uniform());
        var firstBook = FirstBook(path);
        var returns = new List<double>();
        var dividend = 0.0;
        foreach (var quarter in quarters)
        {
            var (quality, momentum) = (path.Quality[quarter.End], path.Momentum[quarter.End]);
            var onEquity = OnEquity(quality, momentum, random);
            returns.Add(onEquity);
            var book = Hundredths(
                firstBook * PortableMath.Exp((path.LogTrend * quarter.End) + path.Earnings[quarter.End])
            );
            var earnings = Hundredths(book * Mean(returns, 4) / 100);

            From(ReturnOnEquity, quarter.Available, onEquity);
            From(ReturnOnAssets, quarter.Available, Hundredths(onEquity * equityShare));
            From(
                OperatingMargin,
                quarter.Available,
                Hundredths(
                    usualMargin
                        + (SyntheticModel.MarginPerQuality * quality)
                        + (SyntheticModel.MarginPerMomentum * momentum)
                        + (SyntheticModel.MarginNoise * random.Normal())
                )
            );
            From(BookPerShare, quarter.Available, book);
            From(EarningsPerShare, quarter.Available, earnings);

            dividend = quarter.Number == 4 || returns.Count == 1 ? payout * Math.Max(0, earnings) : dividend;
            dividend = Hundredths(Math.Min(dividend, SyntheticModel.HighestYield / 100 * path.Close[quarter.End]));
            From(DividendPerShare, quarter.Available, dividend);
        }
    }

    private static double FirstBook(StockPath path) =>
        path.Close[0]
        / PortableMath.Exp(
            PortableMath.Log(SyntheticModel.PriceToBookMedian)
                + (SyntheticModel.PriceToBookPerQuality * path.Quality[0])
                + path.FirstValuation
        );

    private static double OnEquity(double quality, double momentum, RandomStream random) =>
        Hundredths(
            SyntheticModel.ReturnOnEquityMedian
                + (SyntheticModel.ReturnOnEquityPerQuality * quality)
                + (SyntheticModel.ReturnOnEquityPerMomentum * momentum)
                + (SyntheticModel.ReturnOnEquityNoise * random.Normal())
        );

    private void PublishHoldings(Period[] months, RandomStream random)
    {
        var holding = 15 * PortableMath.Exp(0.6 * random.Normal());
        foreach (var month in months)
        {
            holding = Math.Clamp(holding + (0.3 * random.Normal()), 1, 70);
            From(DirectorHolding, month.Available, Hundredths(holding));
        }
    }

    private static double Mean(List<double> values, int last)
    {
        var count = Math.Min(last, values.Count);
        var sum = 0.0;
        for (var i = values.Count - count; i < values.Count; i++)
        {
            sum += values[i];
        }

        return sum / count;
    }

    private static void From(double[] values, int day, double value)
    {
        if (day < values.Length)
        {
            values.AsSpan(day).Fill(value);
        }
    }

    private static double Hundredths(double value) => Math.Round(value * 100) / 100;
}
