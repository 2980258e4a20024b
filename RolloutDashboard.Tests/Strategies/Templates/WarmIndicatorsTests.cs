using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;

namespace RolloutDashboard.Tests.Strategies.Templates;

public sealed class WarmIndicatorsTests
{
    private const int Days = 320;
    private static readonly MarketPanel Market = ArtificialMarket.Panel(ArtificialMarket.Fields(8, 12, Days), 12);

    [Fact]
    public void Execute_EveryTemplate_LeavesNothingToCompute()
    {
        var cache = new IndicatorCache();

        new WarmIndicators(cache).Execute(Market, TestContext.Current.CancellationToken);

        foreach (var template in TemplateLibrary.All)
        {
            for (var draw = 0; draw < 30; draw++)
            {
                var view = new IndicatorView(Market, cache);
                template.Plan(
                    view,
                    GridPoints.Draw(template.Schema, new SeededChoices($"{template.Name}/{draw}")),
                    Days
                );
                Assert.Equal(view.Lookups, view.Hits);
            }
        }
    }

    [Fact]
    public void Execute_SmallCache_EvictsNothingAndStillMissesShow()
    {
        var cache = new IndicatorCache(capacity: 20_000);

        new WarmIndicators(cache).Execute(Market, TestContext.Current.CancellationToken);

        Assert.Equal(0, cache.Evictions);
        var view = new IndicatorView(Market, cache);
        TemplateLibrary
            .Find("PriceMomentum")!
            .Plan(view, TemplateLibrary.Find("PriceMomentum")!.Schema.Defaults(), Days);
        Assert.Equal((2, 0), (view.Lookups, view.Hits));
    }

    [Fact]
    public void Execute_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            new WarmIndicators(new IndicatorCache()).Execute(Market, new CancellationToken(canceled: true))
        );
}
