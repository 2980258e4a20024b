namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>The shown days of all stocks, day-major, filled stock by stock.</summary>
internal sealed class PanelColumns
{
    private readonly int _days;
    private readonly int _stocks;

    public PanelColumns(int days, int stocks)
    {
        (_days, _stocks) = (days, stocks);
        Values = Enum.GetValues<MarketField>().ToDictionary(field => field, _ => Empty(days * stocks));
    }

    public IReadOnlyDictionary<MarketField, double[]> Values { get; }

    /// <summary>Prices stand on traded days; published figures from the first listed day to the last.</summary>
    public void Fill(int stock, StockPath path, Fundamentals published)
    {
        bool Listed(int day) => day >= path.FirstDay && day <= path.LastDay;
        bool Traded(int day) => Listed(day) && !path.Suspended[day];
        void Copy(MarketField field, Func<int, bool> when, Func<int, double> value)
        {
            var target = Values[field];
            for (var day = 0; day < _days; day++)
            {
                var simulated = day + SyntheticModel.BurnInDays;
                if (when(simulated))
                {
                    target[(day * _stocks) + stock] = value(simulated);
                }
            }
        }

        Copy(MarketField.Open, Traded, day => path.Open[day]);
        Copy(MarketField.High, Traded, day => path.High[day]);
        Copy(MarketField.Low, Traded, day => path.Low[day]);
        Copy(MarketField.Close, Traded, day => path.Close[day]);
        Copy(MarketField.AdjustedClose, Traded, day => path.Close[day]);
        Copy(MarketField.Volume, Traded, day => path.Volume[day]);
        Copy(MarketField.TradingValue, Traded, day => path.Close[day] * path.Volume[day]);
        Copy(MarketField.MonthlyRevenue, Listed, day => published.MonthlyRevenue[day]);
        Copy(MarketField.YearlyRevenueGrowth, Listed, day => published.RevenueGrowth[day]);
        Copy(MarketField.ReturnOnEquity, Listed, day => published.ReturnOnEquity[day]);
        Copy(MarketField.ReturnOnAssets, Listed, day => published.ReturnOnAssets[day]);
        Copy(MarketField.OperatingMargin, Listed, day => published.OperatingMargin[day]);
        Copy(MarketField.DirectorHolding, Listed, day => published.DirectorHolding[day]);
        Copy(MarketField.PriceToEarnings, Traded, day =>
            published.EarningsPerShare[day] > 0
                ? Hundredths(path.Close[day] / published.EarningsPerShare[day])
                : double.NaN
        );
        Copy(MarketField.PriceToBook, Traded, day => Hundredths(path.Close[day] / published.BookPerShare[day]));
        Copy(MarketField.DividendYield, Traded, day =>
            Hundredths(100 * published.DividendPerShare[day] / path.Close[day])
        );
    }

    private static double[] Empty(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }

    private static double Hundredths(double value) => Math.Round(value * 100) / 100;
}
