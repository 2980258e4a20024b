using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Overfitting;

namespace RolloutDashboard.Tests.Statistics.Overfitting;

public sealed class StrategyCountsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(400, 1)]
    [InlineData(30_000, 20_000)]
    [InlineData(30_000, 30)]
    public void Add_ManyStrategies_CountsEachInTheOrderOfItsFirst(int rows, int names)
    {
        var random = new Random(rows + names);
        var strategies = Enumerable
            .Range(0, rows)
            .Select(_ => new StrategyKey($"strategy {random.Next(names)}"))
            .ToArray();
        using var counts = new StrategyCounts();

        var first = strategies.Where(counts.Add).Select(strategy => strategy.Text).ToArray();

        var expected = strategies.CountBy(strategy => strategy.Text).ToArray();
        Assert.Equal(expected.Select(one => one.Key), first);
        Assert.Equal(expected.Select(one => one.Value), counts.Sizes.ToArray());
        Assert.Equal(expected.Length, counts.Distinct);
    }

    [Fact]
    public void FromClusters_WithMoreThatStandAlone_IsTheSameAsWithOnes()
    {
        int[] sizes = [17, 3, 0, -4, 1];

        var sample = EffectiveSampleSize.FromClusters(sizes, 5);

        var expected = EffectiveSampleSize.FromClusters([.. sizes, 1, 1, 1, 1, 1]);
        Assert.Equal(expected with { Entropy = sample.Entropy }, sample);
        Assert.Equal(expected.Entropy, sample.Entropy, 1e-12);
        Assert.Equal((26, 8), (sample.Count, sample.Distinct));
    }
}
