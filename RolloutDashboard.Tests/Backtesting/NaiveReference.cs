namespace RolloutDashboard.Tests.Backtesting;

/// <summary>The reference workload word by word: day after day, one dictionary of holdings, nothing shared with the
/// engine.</summary>
internal static class NaiveReference
{
    public sealed record Rules(
        int Momentum,
        int Average,
        int Top,
        bool Weekly,
        double? Stop,
        double Commission = 0.001425,
        double Tax = 0.003
    );

    public static (double[] Equity, List<int[]> Picks) Run(double?[][] close, DateOnly[] dates, Rules rules)
    {
        var equity = new double[close.Length];
        var picks = new List<int[]>();
        var planned = new Dictionary<int, int[]>();
        var value = new Dictionary<int, double>();
        var last = new Dictionary<int, double>();
        var entry = new Dictionary<int, double>();
        var stopped = new HashSet<int>();
        var cash = 1.0;
        for (var t = 0; t < close.Length; t++)
        {
            FollowPrices(close[t], value, last);

            if (planned.TryGetValue(t, out var chosen))
            {
                cash = Rebalance(close[t], chosen, value, cash, rules);
                last = value.Keys.ToDictionary(stock => stock, stock => close[t][stock]!.Value);
                entry = new Dictionary<int, double>(last);
                stopped.Clear();
            }
            else
            {
                cash = Sell(stopped, value, cash, rules);
                stopped = FallenBelowStop(close, t, value.Keys, entry, rules);
            }

            equity[t] = cash + value.Values.Sum();
            if (t + 1 < close.Length && Period(dates[t], rules.Weekly) != Period(dates[t + 1], rules.Weekly))
            {
                planned[t + 1] = Choose(close, t, rules);
                picks.Add(planned[t + 1]);
            }
        }

        return (equity, picks);
    }

    private static void FollowPrices(double?[] close, Dictionary<int, double> value, Dictionary<int, double> last)
    {
        foreach (var stock in value.Keys.Where(stock => close[stock] is not null).ToList())
        {
            value[stock] *= close[stock]!.Value / last[stock];
            last[stock] = close[stock]!.Value;
        }
    }

    private static double Sell(HashSet<int> stopped, Dictionary<int, double> value, double cash, Rules rules)
    {
        foreach (var stock in stopped)
        {
            cash += value[stock] * (1 - rules.Commission - rules.Tax);
            value.Remove(stock);
        }

        return cash;
    }

    private static HashSet<int> FallenBelowStop(
        double?[][] close,
        int t,
        IEnumerable<int> held,
        Dictionary<int, double> entry,
        Rules rules
    ) => [.. held.Where(stock => t + 1 < close.Length && close[t][stock] / entry[stock] - 1 <= -rules.Stop)];

    private static double Rebalance(
        double?[] close,
        int[] chosen,
        Dictionary<int, double> value,
        double cash,
        Rules rules
    )
    {
        var before = cash + value.Values.Sum();
        var weight = chosen.Length == 0 ? 0 : 1.0 / chosen.Length;
        double buy = 0,
            sell = 0;
        foreach (var stock in chosen.Union(value.Keys))
        {
            var target = chosen.Contains(stock) && close[stock] is not null ? before * weight : 0;
            var change = target - value.GetValueOrDefault(stock);
            buy += Math.Max(change, 0);
            sell += Math.Max(-change, 0);
        }

        var after = before - (rules.Commission * (buy + sell)) - (rules.Tax * sell);
        value.Clear();
        foreach (var stock in chosen.Where(stock => close[stock] is not null))
        {
            value[stock] = after * weight;
        }

        return after - value.Values.Sum();
    }

    private static int[] Choose(double?[][] close, int t, Rules rules)
    {
        var eligible = new List<(double Momentum, int Stock)>();
        for (var stock = 0; stock < close[t].Length; stock++)
        {
            if (t < rules.Momentum || t < rules.Average - 1 || close[t - rules.Momentum][stock] is not { } then)
            {
                continue;
            }

            var window = Enumerable
                .Range(t - rules.Average + 1, rules.Average)
                .Select(day => close[day][stock])
                .ToList();
            if (
                window.All(price => price is not null)
                && close[t][stock] is { } now
                && now > window.Average()!.Value * (1 + 1e-9)
            )
            {
                eligible.Add((now / then - 1, stock));
            }
        }

        return
        [
            .. eligible
                .OrderByDescending(item => item.Momentum)
                .ThenBy(item => item.Stock)
                .Take(rules.Top)
                .Select(item => item.Stock),
        ];
    }

    private static (int, int) Period(DateOnly date, bool weekly)
    {
        var time = date.ToDateTime(TimeOnly.MinValue);
        return weekly
            ? (System.Globalization.ISOWeek.GetYear(time), System.Globalization.ISOWeek.GetWeekOfYear(time))
            : (date.Year, date.Month);
    }
}
