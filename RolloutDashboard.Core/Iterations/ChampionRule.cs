using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Whether a strategy takes the crown.</summary>
public static class ChampionRule
{
    /// <summary>Least mean exposure of a champion.</summary>
    public const double LeastExposure = 0.2;

    private const double FirstSharpe = 0.5;
    private const int YoungAge = 2;
    private const double YoungFactor = 1.10;
    private const double Factor = 1.05;
    private const double AbsoluteStep = 0.02;
    private const double CalmarShare = 0.8;
    private const double DrawdownShare = 1.1;

    /// <param name="champion">The reigning champion; null before the first.</param>
    /// <param name="age">Iterations since its crowning.</param>
    /// <remarks>
    /// Every champion needs Level 3 and a mean exposure of at least 20 %: who hardly invests has hardly a drawdown, and
    /// nobody could follow. The first needs Sharpe above 0.5. A later one needs Sharpe 10 % better while the champion
    /// is at most two iterations old, else 5 % or 0.02 better, and may not pay for it: Calmar at least 80 % of the
    /// champion's, and a drawdown at most 110 % as deep after scaling to the champion's volatility, since a drawdown
    /// grows with the size of the positions. A champion that is known to invest less than the least exposure, crowned
    /// before there was one, is followed like none. One whose exposure is not known reigns; drawdowns are compared as
    /// they are where a volatility is not known.
    /// </remarks>
    public static bool Crowns(Contender contender, Contender? champion, long age)
    {
        if (contender is not { Level: SuccessLevel.Profitable, SharpeRatio: { } sharpe, Exposure: >= LeastExposure })
        {
            return false;
        }

        if (champion is not { SharpeRatio: { } reigning } || champion.Exposure < LeastExposure)
        {
            return sharpe > FirstSharpe;
        }

        var better =
            age <= YoungAge
                ? sharpe >= reigning * YoungFactor
                : sharpe >= reigning * Factor || sharpe >= reigning + AbsoluteStep;
        return better && KeepsCalmar(contender, champion) && KeepsDrawdown(contender, champion);
    }

    private static bool KeepsCalmar(Contender contender, Contender champion) =>
        champion.CalmarRatio is not { } old || (contender.CalmarRatio is { } calmar && calmar >= old * CalmarShare);

    private static bool KeepsDrawdown(Contender contender, Contender champion) =>
        champion.MaxDrawdown is not { } old
        || (contender.MaxDrawdown is { } drawdown && drawdown * Scale(contender, champion) >= old * DrawdownShare);

    private static double Scale(Contender contender, Contender champion) =>
        contender.Volatility is > 0 and < double.PositiveInfinity
        && champion.Volatility is > 0 and < double.PositiveInfinity
            ? champion.Volatility.Value / contender.Volatility.Value
            : 1;
}
