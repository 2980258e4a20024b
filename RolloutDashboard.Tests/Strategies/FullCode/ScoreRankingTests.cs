using RolloutDashboard.Core.Strategies.FullCode;

namespace RolloutDashboard.Tests.Strategies.FullCode;

public sealed class ScoreRankingTests
{
    [Fact]
    public void Pick_EqualScores_GoToTheSmallerIndex() =>
        Assert.Equal([1, 3, 0], ScoreRanking.Pick([1, 2, 1, 2], [10, 10, 10, 10], 3));

    [Fact]
    public void Pick_PoisonedScores_AreNotEligible() =>
        Assert.Equal(
            [3],
            ScoreRanking.Pick([double.NaN, double.PositiveInfinity, double.NegativeInfinity, -5], [10, 10, 10, 10], 4)
        );

    [Fact]
    public void Pick_StockWithoutPrice_IsNotEligible() =>
        Assert.Equal([2], ScoreRanking.Pick([9, 8, 1], [double.NaN, 0, 10], 3));

    [Fact]
    public void Pick_NothingEligible_IsEmpty() => Assert.Empty(ScoreRanking.Pick([double.NaN], [10], 3));
}
