namespace RolloutDashboard.Core.Backtesting;

/// <summary>
/// The basis on which both modes are measured. All of it is recorded, since each part can decide a verdict.
/// </summary>
public sealed record BacktestSettings
{
    /// <summary>Commission on each side, as a share of the traded value. Default 0.001425.</summary>
    public double Commission { get; init; } = 0.001425;

    /// <summary>Tax on sales, as a share of the traded value. Default 0.003.</summary>
    public double SalesTax { get; init; } = 0.003;

    /// <summary>Risk-free rate, per year. Default 0.</summary>
    public double RiskFreeRate { get; init; }

    /// <summary>Price of the trades. Default: close of the day after the signal.</summary>
    public TradePrice TradeAt { get; init; } = TradePrice.Close;

    /// <summary>Last part of the days that no feedback, prompt, champion rule or gate sees, 0 to 0.5. Default
    /// 0.2.</summary>
    public double HoldOut { get; init; } = 0.2;

    /// <summary>Trading days a year. Default 252.</summary>
    public int DaysPerYear { get; init; } = 252;

    /// <summary>One line that names this basis; two results with different lines are never averaged.</summary>
    public string MetricBasis =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"cumulative return; commission {Commission:0.######} a side; tax {SalesTax:0.######} on sales; risk-free {RiskFreeRate:0.####}; trades at next {TradeAt.ToString().ToLowerInvariant()}; hold-out {HoldOut:0.##}; {DaysPerYear} days a year"
        );

    /// <summary>Index of the first hold-out day.</summary>
    public int VisibleDays(int dayCount) => dayCount - (int)Math.Floor(dayCount * HoldOut);
}
