using RolloutDashboard.Core.Evidence.PlanCheck;

namespace RolloutDashboard.Tests.Evidence;

public sealed class CheckPlanTests
{
    [Fact]
    public void FairCoin_HundredEachOfTwoHundred_IsMetIn56OfAThousand() => Assert.Equal(0.0563, CheckPlan.FairCoinSplits(200), 4);

    [Theory]
    [InlineData("69 %, below the gate's 70 %")]
    [InlineData("neither a pass nor an alarm")]
    [InlineData("5.6 %")]
    [InlineData("coin toss")]
    public void Of_DefaultPlan_NamesItsContradictions(string words) => Assert.Contains(CheckPlan.Of(new AssumedRates()).Warnings, warning => warning.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Of_BetterJsonAndWorseFullCode_KeepsOnlyWhatAlwaysHolds() => Assert.Equal(2, CheckPlan.Of(new AssumedRates(0.9, 0.2)).Warnings.Count);

    [Fact]
    public void Of_DefaultPlan_GatesMoreLikelyWithTheEffectThanWithout()
    {
        var figures = CheckPlan.Of(new AssumedRates()).Figures;

        Assert.Equal(0.5595, figures[0].IfMet, 4);
        Assert.All(figures.Where(figure => !figure.Name.Contains("halted", StringComparison.Ordinal)), figure => Assert.True(figure.IfMet > figure.IfNoEffect));
        Assert.True(figures[2].IfNoEffect > 0.99, "without an effect the rollout is halted");
    }
}
