using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>The part of a strategy's result that the champion rule looks at.</summary>
public sealed record Contender(SuccessLevel Level, double? SharpeRatio, double? CalmarRatio, double? MaxDrawdown);

/// <summary>Whether a strategy takes the crown.</summary>
public static class ChampionRule
{
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
    /// The first needs Level 3 and Sharpe above 0.5. A later one needs Sharpe 10 % better while the champion is at most two
    /// iterations old, else 5 % or 0.02 better, and may not pay for it: Calmar at least 80 % of the champion's, drawdown at most 110 % as deep.
    /// </remarks>
    public static bool Crowns(Contender contender, Contender? champion, long age)
    {
        if (contender is not { Level: SuccessLevel.Profitable, SharpeRatio: { } sharpe })
        {
            return false;
        }

        if (champion?.SharpeRatio is not { } reigning)
        {
            return sharpe > FirstSharpe;
        }

        var better = age <= YoungAge ? sharpe >= reigning * YoungFactor : sharpe >= reigning * Factor || sharpe >= reigning + AbsoluteStep;
        return better && KeepsCalmar(contender, champion) && KeepsDrawdown(contender, champion);
    }

    private static bool KeepsCalmar(Contender contender, Contender champion) =>
        champion.CalmarRatio is not { } old || (contender.CalmarRatio is { } calmar && calmar >= old * CalmarShare);

    private static bool KeepsDrawdown(Contender contender, Contender champion) =>
        champion.MaxDrawdown is not { } old || (contender.MaxDrawdown is { } drawdown && drawdown >= old * DrawdownShare);
}
