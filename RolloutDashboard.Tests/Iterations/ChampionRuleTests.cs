using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Iterations;

public sealed class ChampionRuleTests
{
    private static readonly Contender Champion = new(SuccessLevel.Profitable, 1.0, 1.0, -0.20)
    {
        Volatility = 0.2,
        Exposure = 0.9,
    };

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
        Assert.Equal(
            expected,
            ChampionRule.Crowns(Champion with { SharpeRatio = 2, CalmarRatio = calmar }, Champion, 10)
        );

    [Theory]
    [InlineData(-0.219, true)]
    [InlineData(-0.221, false)]
    [InlineData(null, false)]
    public void Crowns_Drawdown_MayBe110PercentAsDeep(double? drawdown, bool expected) =>
        Assert.Equal(
            expected,
            ChampionRule.Crowns(Champion with { SharpeRatio = 2, MaxDrawdown = drawdown }, Champion, 10)
        );

    /// <summary>A champion of 20 % volatility and a drawdown of 20 %; 110 % of it is 22 %.</summary>
    [Theory]
    [InlineData(0.10, -0.10, true)]
    [InlineData(0.10, -0.109, true)]
    [InlineData(0.10, -0.111, false)]
    [InlineData(0.40, -0.40, true)]
    [InlineData(0.40, -0.45, false)]
    [InlineData(null, -0.21, true)]
    [InlineData(null, -0.23, false)]
    public void Crowns_Drawdown_IsComparedAtTheChampionsVolatility(
        double? volatility,
        double drawdown,
        bool expected
    ) =>
        Assert.Equal(
            expected,
            ChampionRule.Crowns(
                Champion with
                {
                    SharpeRatio = 2,
                    MaxDrawdown = drawdown,
                    Volatility = volatility,
                },
                Champion,
                10
            )
        );

    [Theory]
    [InlineData(0.20, true)]
    [InlineData(0.199, false)]
    [InlineData(null, false)]
    public void Crowns_Exposure_MustBeAtLeast20Percent(double? exposure, bool expected)
    {
        var contender = Champion with { SharpeRatio = 2, Exposure = exposure };

        Assert.Equal(
            (expected, expected),
            (ChampionRule.Crowns(contender, null, 10), ChampionRule.Crowns(contender, Champion, 10))
        );
    }

    /// <summary>One stock at 1 % had a drawdown of 0.9 %; crowned before there was a least exposure, it must not reign
    /// for ever.</summary>
    [Fact]
    public void Crowns_AfterAChampionThatHardlyInvests_GoesToAnOrdinaryStrategy()
    {
        var small = new Contender(SuccessLevel.Profitable, 0.9, 0.7, -0.009) { Volatility = 0.0025, Exposure = 0.0098 };
        var ordinary = Champion with { SharpeRatio = 0.6, CalmarRatio = 0.5, MaxDrawdown = -0.35 };

        Assert.False(ChampionRule.Crowns(small, null, 10));
        Assert.True(ChampionRule.Crowns(ordinary, small, 10));
        Assert.False(ChampionRule.Crowns(ordinary with { SharpeRatio = 0.5 }, small, 10));
    }

    [Fact]
    public void Crowns_ChampionOfUnknownExposure_Reigns()
    {
        var old = Champion with { Exposure = null, Volatility = null };

        Assert.False(ChampionRule.Crowns(Champion with { SharpeRatio = 0.9 }, old, 10));
        Assert.True(ChampionRule.Crowns(Champion with { SharpeRatio = 1.1 }, old, 10));
    }
}
