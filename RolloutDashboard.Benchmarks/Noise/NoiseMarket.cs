using RolloutDashboard.Core.Backtesting;
using RolloutDashboard.Core.Backtesting.Positions;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Benchmarks.Noise;

/// <summary>
/// A market in which nothing can be known: each price is a martingale with a common factor, so before costs every
/// strategy's return is on average that of holding the market. Half of the strategies are a template with parameters by
/// lot, half pick ten stocks by lot each month; all run through the product's engine.
/// </summary>
internal sealed class NoiseMarket
{
    private const int Stocks = 60;
    private const int Picks = 10;
    private const double CommonDeviation = 0.009;
    private const double OwnDeviation = 0.016;
    private readonly MarketPanel _panel;
    private readonly Random _random;
    private readonly SeededChoices _choices;

    public NoiseMarket(int seed, int days)
    {
        (_random, _choices) = (new Random(seed), new SeededChoices($"noise/{seed}"));
        var closes = new double[days * Stocks];
        Array.Fill(closes, 100, 0, Stocks);
        for (var day = 1; day < days; day++)
        {
            var common = CommonDeviation * Normal();
            for (var stock = 0; stock < Stocks; stock++)
            {
                var change = Math.Max(-0.5, common + (OwnDeviation * Normal()));
                closes[(day * Stocks) + stock] = closes[((day - 1) * Stocks) + stock] * (1 + change);
            }
        }

        _panel = new MarketPanel(
            $"noise {seed}",
            isSynthetic: true,
            WorkingDays(days),
            [.. Enumerable.Range(0, Stocks).Select(stock => $"S{stock:00}")],
            new Dictionary<MarketField, double[]> { [MarketField.Close] = closes }
        );
    }

    /// <summary>Daily returns of strategies, and the same against holding the market.</summary>
    public (float[][] Returns, float[][] Excess) Try(int strategies, BacktestSettings settings)
    {
        var market = new double[_panel.DayCount - 1];
        for (var day = 1; day < _panel.DayCount; day++)
        {
            market[day - 1] = EqualWeights.Return(_panel, day);
        }

        var view = new IndicatorView(_panel, new IndicatorCache());
        var template = new PriceMomentumTemplate();
        var returns = new float[strategies][];
        var excess = new float[strategies][];
        for (var number = 0; number < strategies; number++)
        {
            var plan =
                number % 2 == 0
                    ? template.Plan(view, GridPoints.Draw(template.Schema, _choices), _panel.DayCount)
                    : ByLot();
            var equity = Backtester.Run(_panel, plan, settings, 0, _panel.DayCount).Equity;
            returns[number] = [.. market.Select((_, day) => (float)((equity[day + 1] / equity[day]) - 1))];
            excess[number] = [.. market.Select((mean, day) => (float)(returns[number][day] - mean))];
        }

        return (returns, excess);
    }

    /// <summary>Independent daily returns with a true Sharpe ratio, as far apart as those given.</summary>
    public float[] Planted(float[] like, double annualSharpe)
    {
        var mean = like.Average(value => (double)value);
        var deviation = Math.Sqrt(like.Average(value => (value - mean) * (value - mean)));
        return [.. like.Select(_ => (float)(deviation * ((annualSharpe / Math.Sqrt(252)) + Normal())))];
    }

    private PositionPlan ByLot()
    {
        var calendar = RebalanceCalendar.Calendar(_panel, Resample.Monthly, 0, _panel.DayCount);
        int[] all = [.. Enumerable.Range(0, Stocks)];
        return new PositionPlan(
            [.. calendar.Days.Select(day => new Rebalance(day, [.. _choices.PickSome(all, Picks)]))],
            null,
            null
        );
    }

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static IReadOnlyList<DateOnly> WorkingDays(int count)
    {
        var days = new List<DateOnly>(count);
        for (var day = new DateOnly(2018, 1, 1); days.Count < count; day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                days.Add(day);
            }
        }

        return days;
    }
}
