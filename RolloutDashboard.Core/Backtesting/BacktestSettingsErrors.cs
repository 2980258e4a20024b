namespace RolloutDashboard.Core.Backtesting;

/// <summary>Checks of the section "Backtest".</summary>
public static class BacktestSettingsErrors
{
    /// <summary>What is wrong, a line each, naming key and remedy.</summary>
    public static IEnumerable<string> Errors(this BacktestSettings settings)
    {
        if (!(settings.Commission >= 0 && settings.Commission < 0.1))
        {
            yield return $"Backtest:Commission is {settings.Commission}; give a share of the traded value from 0 to 0.1 (0.001425 is 0.1425 %).";
        }

        if (!(settings.SalesTax >= 0 && settings.SalesTax < 0.1))
        {
            yield return $"Backtest:SalesTax is {settings.SalesTax}; give a share of the traded value from 0 to 0.1 (0.003 is 0.3 %).";
        }

        if (!(settings.RiskFreeRate > -0.5 && settings.RiskFreeRate < 1))
        {
            yield return $"Backtest:RiskFreeRate is {settings.RiskFreeRate}; give a yearly rate (0.02 is 2 %).";
        }

        if (!(settings.HoldOut >= 0 && settings.HoldOut <= 0.5))
        {
            yield return $"Backtest:HoldOut is {settings.HoldOut}; give a share of the days from 0 to 0.5.";
        }

        if (settings.DaysPerYear is < 1 or > 366)
        {
            yield return $"Backtest:DaysPerYear is {settings.DaysPerYear}; give a number of trading days from 1 to 366.";
        }
    }
}
