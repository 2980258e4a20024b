namespace RolloutDashboard.Core.Market.Synthetic;

/// <summary>
/// The numbers of the synthetic market. Each comes from published equity figures and was fixed before any strategy ran
/// on it; docs/market.md gives the source of each. Rates are per year unless they say otherwise.
/// </summary>
internal static class SyntheticModel
{
    public const int DaysPerYear = 252;

    /// <summary>Days simulated before the first one shown: a year of revenue to compare with, and settled
    /// volatility.</summary>
    public const int BurnInDays = 300;

    public static readonly DateOnly LastDay = new(2023, 12, 29);

    /// <summary>Mean simple return of the market. Every seed is shifted to it, else luck of the decade would outweigh
    /// all else.</summary>
    public const double MarketDrift = 0.065;

    /// <summary>Rising, calm and falling.</summary>
    public static readonly Regime[] Regimes =
    [
        new(0.16, 0.13, 500, 1.00, [0, 0.6, 0.4]),
        new(0.08, 0.10, 300, 0.90, [0.7, 0, 0.3]),
        new(-0.24, 0.27, 250, 1.35, [0.7, 0.3, 0]),
    ];

    public const int Sectors = 10;
    public const double SectorVolatility = 0.10;
    public const double BetaSpread = 0.30;

    public const double IdiosyncraticVolatility = 0.25;
    public const double IdiosyncraticSpread = 0.25;

    /// <summary>Log volatility of a stock: first-order autoregression per day.</summary>
    public const double LogVolatilityPersistence = 0.98;
    public const double LogVolatilitySpread = 0.35;

    /// <summary>Fat tails: a share of days whose shock is larger (a mixture of normals).</summary>
    public const double WildDayShare = 0.04;
    public const double WildDayScale = 3;

    /// <summary>Largest move of one day, either way.</summary>
    public const double MoveLimit = 0.30;

    /// <summary>Business momentum: autoregression with this half-life in days; one spread of it adds the premium to a
    /// year's return.</summary>
    public const double MomentumHalfLife = 126;
    public const double MomentumPremium = 0.16;

    /// <summary>Growth of revenue and earnings, per year, for one spread of business momentum.</summary>
    public const double MomentumGrowth = 0.06;

    /// <summary>Share of a stock's own return that later shows in its fundamentals, and how many days that
    /// takes.</summary>
    public const double CashFlowShare = 0.75;
    public const double CashFlowDays = 126;

    /// <summary>Return per year that one unit of log price above fundamentals costs.</summary>
    public const double ValuePremium = 0.035;
    public const double ValuationSpread = 0.50;

    /// <summary>Return per year for one spread of quality.</summary>
    public const double QualityPremium = 0.008;

    /// <summary>Share of a day's variance that falls between close and open.</summary>
    public const double OvernightShare = 0.30;

    public const double MedianPrice = 60;
    public const double PriceSpread = 0.60;
    public const double LowestPrice = 1;

    /// <summary>Traded value per day, in currency: median and spread of its logarithm between stocks.</summary>
    public const double MedianTradingValue = 50_000_000;
    public const double TradingValueSpread = 1.2;
    public const double VolumePersistence = 0.90;
    public const double VolumeSpread = 0.40;

    /// <summary>Log volume for one spread of a day's absolute return above its mean.</summary>
    public const double VolumeReturnSlope = 0.18;

    public const double ListingRate = 0.02;
    public const double FailureRate = 0.01;
    public const double TakeoverRate = 0.01;
    public const double FailureReturn = -0.30;
    public const double TakeoverReturn = 0.16;
    public const int TakeoverDays = 60;
    public const double TakeoverCalm = 0.2;

    public const double SuspensionsPerYear = 0.10;
    public const int LongestSuspension = 10;

    public const double NominalGrowth = 0.045;
    public const double RevenueNoise = 0.05;
    public const double SeasonSpread = 0.08;
    public const double ReturnOnEquityMedian = 11;
    public const double ReturnOnEquityPerQuality = 6;
    public const double ReturnOnEquityPerMomentum = 1;
    public const double ReturnOnEquityNoise = 2.5;
    public const double MarginPerQuality = 3;
    public const double MarginPerMomentum = 0.7;
    public const double MarginNoise = 1.5;
    public const double PriceToBookMedian = 1.6;
    public const double PriceToBookPerQuality = 0.25;
    public const double NonPayers = 0.20;
    public const double HighestYield = 7.5;

    /// <summary>Half-life of quality, in quarters.</summary>
    public const double QualityHalfLife = 20;
}
