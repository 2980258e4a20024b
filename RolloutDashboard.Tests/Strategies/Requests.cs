using System.Globalization;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Strategies;

/// <summary>Requests and a small market for generator tests.</summary>
internal static class Requests
{
    public static ITemplate PriceMomentum { get; } = TemplateLibrary.Find("PriceMomentum")!;

    public static ITemplate Momentum { get; } = TemplateLibrary.Find("Momentum")!;

    public static GenerationRequest Json(
        long iteration = 7,
        ITemplate? template = null,
        ChampionBrief? champion = null,
        params FeedbackEntry[] feedback
    ) =>
        new(
            iteration,
            "salt/production",
            GenerationMode.Json,
            RequestSource.TemplateLibrary,
            template ?? PriceMomentum,
            [MarketField.Close, MarketField.AdjustedClose, MarketField.Volume],
            0.7,
            iteration % 5 == 0,
            champion,
            feedback
        );

    public static GenerationRequest FullCode(
        long iteration = 7,
        ChampionBrief? champion = null,
        params FeedbackEntry[] feedback
    ) =>
        Json(iteration, null, champion, feedback) with
        {
            Mode = GenerationMode.FullCode,
            Template = null,
            Source = RequestSource.Freeform,
        };

    /// <summary>Thirty stocks over 500 days, each on its own wave and trend.</summary>
    public static MarketPanel Market()
    {
        const int days = 500;
        const int stocks = 30;
        var close = new double[days * stocks];
        for (var day = 0; day < days; day++)
        {
            for (var stock = 0; stock < stocks; stock++)
            {
                close[(day * stocks) + stock] =
                    50 * Math.Exp((0.0004 * (stock - 12) * day / 10) + (0.1 * Math.Sin((day + (stock * 7)) / 15.0)));
            }
        }

        var first = new DateOnly(2020, 1, 1);
        DateOnly[] dates =
        [
            .. Enumerable
                .Range(0, 2 * days)
                .Select(first.AddDays)
                .Where(date => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                .Take(days),
        ];
        return new MarketPanel(
            "waves",
            true,
            dates,
            [.. Enumerable.Range(0, stocks).Select(stock => stock.ToString(CultureInfo.InvariantCulture))],
            new Dictionary<MarketField, double[]>
            {
                [MarketField.Close] = close,
                [MarketField.AdjustedClose] = close,
                [MarketField.Volume] = [.. close.Select(price => 1e6 / price)],
            }
        );
    }
}
