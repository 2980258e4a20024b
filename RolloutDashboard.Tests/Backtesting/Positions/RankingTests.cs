using FsCheck.Xunit;
using RolloutDashboard.Core.Backtesting.Positions;

namespace RolloutDashboard.Tests.Backtesting.Positions;

public sealed class RankingTests
{
    /// <summary>Few distinct keys, so that there are ties; some that may not be picked.</summary>
    [Property(MaxTest = 300)]
    public void Largest_AnyKeys_AreBestFirstWithTiesToTheSmallerIndex(int seed)
    {
        var random = new Random(seed);
        double[] keys = [.. Enumerable.Range(0, random.Next(1, 120)).Select(_ => Key(random))];
        var count = random.Next(1, 60);

        var expected = keys.Select((key, index) => (Key: key, Index: index))
            .Where(pair => pair.Key > Ranking.NotEligible)
            .OrderByDescending(pair => pair.Key)
            .ThenBy(pair => pair.Index)
            .Take(count)
            .Select(pair => pair.Index);
        Assert.Equal(expected, Ranking.Largest(keys, count));
    }

    [Fact]
    public void Largest_ManyKeys_AreTheLargest()
    {
        double[] keys = [.. Enumerable.Range(0, 2000).Select(index => (double)(index * 7919 % 2003))];

        foreach (var count in new[] { 1, 16, 17, 300, 3000 })
        {
            Assert.Equal(
                Enumerable.Range(0, 2000).OrderByDescending(index => keys[index]).Take(count),
                Ranking.Largest(keys, count)
            );
        }
    }

    /// <summary>The sixteen groups by which the best are bounded say nothing if all the large keys are in one of
    /// them.</summary>
    [Fact]
    public void Largest_LargeKeysAllInOneGroup_AreTheLargest()
    {
        double[] keys = [.. Enumerable.Range(0, 2000).Select(index => index % 16 == 3 ? index : -index % 5)];

        Assert.Equal(Enumerable.Range(0, 10).Select(place => 1987 - (16 * place)), Ranking.Largest(keys, 10));
    }

    [Fact]
    public void Largest_NothingEligible_IsEmpty() =>
        Assert.Empty(Ranking.Largest([double.NaN, Ranking.NotEligible], 3));

    [Fact]
    public void Largest_NoPick_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Ranking.Largest([1], 0));

    private static double Key(Random random) =>
        random.Next(12) switch
        {
            0 => double.NaN,
            1 or 2 => Ranking.NotEligible,
            3 => double.PositiveInfinity,
            _ => random.Next(2) == 0 ? random.Next(-5, 5) : random.NextDouble(),
        };
}
