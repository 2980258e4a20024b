using RolloutDashboard.Core.Monitoring.Overfitting;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Support;

/// <summary>A measurement of 1,240 tries in which luck explains four fifths of the champion's Sharpe ratio.</summary>
internal static class ScriptedOverfitting
{
    public static SearchOverfitting Measured(
        double luck = 0.76,
        double consistent = 0.31,
        double overfitting = 0.62,
        params IReadOnlyList<(string Fingerprint, double Adjusted)> standings
    ) =>
        new()
        {
            RolloutId = 1,
            Environment = RolloutEnvironment.Production,
            MeasuredAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
            UpToNumber = 1250,
            Counts = new TrialCounts(1240, 900, 850, 100, 640, 0.05),
            Champion = new ChampionSelection(90, "champion", 0.95, luck, 0.71, 0.83),
            BacktestOverfitting = overfitting,
            Market = new MarketTest(0.33, 0.2, consistent, 0.4, 1007, 1.8, 1000),
            AverageCorrelation = 0.6,
            IndependentTrials = 496.6,
            Standings = standings.ToDictionary(
                one => one.Fingerprint,
                one => new TrialStanding(90, 0.95, 3.1, one.Adjusted),
                StringComparer.Ordinal
            ),
        };
}
