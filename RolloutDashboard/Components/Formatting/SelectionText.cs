using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Formatting;

/// <summary>What a page says about how much of what was found is selection.</summary>
public static class SelectionText
{
    private const double Most = 0.5;

    /// <summary>While nothing was measured.</summary>
    public const string NotYet =
        "Not measured yet. It is computed in the background once the market is loaded and an iteration has ended, and again at most once a minute.";

    /// <summary>The verdict on the champion's Sharpe ratio, in a sentence; null without a champion.</summary>
    public static string? Verdict(ChampionSelection? champion) =>
        champion switch
        {
            null => null,
            { LuckShare: null } => "How much of this Sharpe is selection can't be told: too few tries have one.",
            { LuckShare: >= 1 } => "All of this Sharpe can be selection.",
            { LuckShare: >= Most } => "Most of this Sharpe is selection.",
            { LuckShare: { } share } => $"About {FigureFormatter.Percent(share)} of this Sharpe is selection.",
        };

    /// <summary>What the verdict rests on.</summary>
    public static string? Reason(SearchOverfitting measured) =>
        measured.Champion is { LuckSharpe: { } luck } champion
            ? $"The best of {Tries(measured)} without any skill, but with results as far apart, would show a Sharpe of {FigureFormatter.Number(luck)} by luck; the champion, iteration {FigureFormatter.Count(champion.IterationNumber)}, shows {FigureFormatter.Number(champion.Sharpe)}."
            : null;

    /// <summary>Whether anything beats holding the market.</summary>
    public static string Market(SearchOverfitting measured)
    {
        if (measured.Market is not { } market)
        {
            return "Whether anything beats holding the market can't be told yet: that takes two strategies with daily returns.";
        }

        if (market.Consistent > TrialStanding.Level)
        {
            return $"No strategy beats holding the market by more than luck explains (p = {P(market.Consistent)}).";
        }

        var champion = measured.Of(measured.Champion?.Fingerprint) is { } standing
            ? standing.BeatsMarket
                ? ", the champion among them"
                : ", the champion not among them"
            : "";
        return measured.Survivors == 0
            ? $"The best strategy beats holding the market by more than luck explains (p = {P(market.Consistent)}), but none is sure enough to be named."
            : $"By more than luck explains, {FigureFormatter.Count(measured.Survivors, "strategy beats", "strategies beat")} holding the market{champion} (p = {P(market.Consistent)}).";
    }

    /// <summary>Whether the past picks well here.</summary>
    public static string? Choice(SearchOverfitting measured) =>
        measured.BacktestOverfitting is not { } share ? null
        : share >= Most
            ? $"Choosing by past Sharpe does not help here: in {FigureFormatter.Percent(share)} of the ways to split the days, the best on one half was in the lower half on the other."
        : $"In {FigureFormatter.Percent(share)} of the ways to split the days, the best on one half was in the lower half on the other; without any skill it is half of them.";

    /// <summary>What was counted, and what could not be compared day by day.</summary>
    public static string Counts(TrialCounts counts)
    {
        var parts = new List<string>();
        if (counts.WithoutReturns > 0)
        {
            parts.Add($"{FigureFormatter.Count(counts.WithoutReturns)} failed before there was anything to measure");
        }

        if (counts.OnOtherBasis > 0)
        {
            parts.Add(
                $"{FigureFormatter.Count(counts.OnOtherBasis)} ran on other market data, engine or costs and count as tries alone"
            );
        }

        var rest = parts.Count == 0 ? "" : $"; {string.Join(", ", parts)}";
        return $"{FigureFormatter.Count(counts.Trials, "try", "tries")} of both arms and mutations, failed ones counted: {FigureFormatter.Count(counts.WithReturns)} with daily returns, {FigureFormatter.Count(counts.Strategies, "distinct strategy", "distinct strategies")}{rest}.";
    }

    /// <summary>What stands under the deflated Sharpe ratio.</summary>
    public static string Deflated(SearchOverfitting measured) =>
        measured switch
        {
            { Champion: null } => "no champion yet",
            { Champion.DeflatedIndependent: { } independent, IndependentTrials: { } trials } =>
                $"over all tries; {FigureFormatter.Percent(independent)} over the {FigureFormatter.Plain(trials, 0)} independent ones that they amount to",
            _ => "over all tries",
        };

    /// <summary>What stands under the p-value that decides.</summary>
    public static string Bounds(MarketTest? market) =>
        market is null
            ? "takes two strategies with daily returns"
            : $"SPA; {P(market.Lower)} to {P(market.Upper)}, reality check {P(market.RealityCheck)}";

    /// <summary>How strategies were compared with the market; null where they were not.</summary>
    public static string? Method(MarketTest? market) =>
        market is null
            ? null
            : $"Against holding every stock equally on {FigureFormatter.Count(market.Days)} days, by {FigureFormatter.Count(market.Samples)} samples of a stationary bootstrap with blocks of {FigureFormatter.Plain(market.MeanBlock, 1)} days.";

    /// <summary>How one iteration's strategy stands; null while nothing was measured.</summary>
    public static string? Line(SearchOverfitting? measured, string? fingerprint)
    {
        if (measured?.Market is null)
        {
            return null;
        }

        return measured.Of(fingerprint) switch
        {
            { BeatsMarket: true } standing =>
                $"Among all {Tries(measured)} it beats holding the market by more than luck explains (adjusted p = {P(standing.Adjusted)}).",
            { } standing =>
                $"Among all {Tries(measured)} it does not beat holding the market by more than luck explains (adjusted p = {P(standing.Adjusted)}).",
            null =>
                "Its daily returns are not among those compared with holding the market: it failed, is newer than the latest measurement, or ran on other market data, engine or costs.",
        };
    }

    /// <summary>A p-value; of 1,000 samples none is below 0.001.</summary>
    public static string P(double p) => FigureFormatter.Plain(p, p < 0.1 ? 3 : 2);

    private static string Tries(SearchOverfitting measured) =>
        FigureFormatter.Count(measured.Counts.Trials, "try", "tries");
}
