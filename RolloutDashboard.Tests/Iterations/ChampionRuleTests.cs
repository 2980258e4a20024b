using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Iterations;

public sealed class ChampionRuleTests
{
    private static readonly Contender Champion = new(SuccessLevel.Profitable, 1.0, 1.0, -0.20);

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(0.51, true)]
    public void Crowns_First_NeedsSharpeAboveHalf(double sharpe, bool expected) =>
        Assert.Equal(expected, ChampionRule.Crowns(Champion with { SharpeRatio = sharpe }, null, 10));

    [Fact]
    public void Crowns_NotLevel3_Never() =>
        Assert.False(ChampionRule.Crowns(Champion with { Level = SuccessLevel.Measured, SharpeRatio = 9 }, null, 10));

    [Theory]
    [InlineData(1.09, 2, false)]
    [InlineData(1.10, 2, true)]
    [InlineData(1.02, 3, true)]
    [InlineData(1.019, 3, false)]
    public void Crowns_Later_ByAgeRelativeOrAbsolute(double sharpe, long age, bool expected) =>
        Assert.Equal(expected, ChampionRule.Crowns(Champion with { SharpeRatio = sharpe }, Champion, age));

    [Theory]
    [InlineData(0.80, true)]
    [InlineData(0.79, false)]
    [InlineData(null, false)]
    public void Crowns_Calmar_MustBeAtLeast80Percent(double? calmar, bool expected) =>
        Assert.Equal(expected, ChampionRule.Crowns(Champion with { SharpeRatio = 2, CalmarRatio = calmar }, Champion, 10));

    [Theory]
    [InlineData(-0.219, true)]
    [InlineData(-0.221, false)]
    [InlineData(null, false)]
    public void Crowns_Drawdown_MayBe110PercentAsDeep(double? drawdown, bool expected) =>
        Assert.Equal(expected, ChampionRule.Crowns(Champion with { SharpeRatio = 2, MaxDrawdown = drawdown }, Champion, 10));
}
