using RolloutDashboard.Core.Monitoring.Champions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Champions;

/// <summary>What a page says about looks at the hold-out.</summary>
public static class HoldOutText
{
    /// <summary>Why a champion has no hold-out figure.</summary>
    public static string WhyNot(HoldOutLooks? looks) =>
        looks?.Outcome switch
        {
            null => "not measured",
            HoldOutOutcome.Begun => "being measured",
            HoldOutOutcome.NoResult => "no result there",
            HoldOutOutcome.NotReproduced => "another result when run again",
            _ => "not measured",
        };

    /// <summary>The hold-out Sharpe, or why there is none.</summary>
    public static string Sharpe(ChampionReign reign) =>
        reign.Champion.HoldOutSharpe is { } sharpe ? FigureFormatter.Number(sharpe) : WhyNot(reign.HoldOut);

    /// <summary>How many looks there were, and what a look is.</summary>
    public static string Ledger(HoldOutLedger ledger) =>
        ledger.Looks == 0
            ? "Nobody has looked at the hold-out yet. A champion is measured on it once, after it was crowned; nothing of it reaches a prompt, a gate or the champion rule."
            : $"The hold-out was looked at {FigureFormatter.Count(ledger.Looks, "time")} for {FigureFormatter.Count(ledger.ByIteration.Count, "champion")}, each time after the crowning; nothing of it reaches a prompt, a gate or the champion rule. The more looks, the less it proves.";
}
