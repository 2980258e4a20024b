using RolloutDashboard.Core.Monitoring.Aggregation;

namespace RolloutDashboard.Tests.Monitoring.Aggregation;

public sealed class AggregationProgressTests
{
    [Fact]
    public void Counter_TwoHalves_TellsTheShareOfBothOncePerPercent()
    {
        var told = new Told();
        var progress = new AggregationProgress(300_000, told);
        var (first, second) = (progress.Counter(), progress.Counter());

        Repeat(first, 100_000);
        Assert.Equal(Enumerable.Range(1, 33), told.Percents);
        Repeat(second, 200_000);

        Assert.Equal(Enumerable.Range(1, 100), told.Percents);
    }

    [Fact]
    public void Counter_MoreIterationsThanExpected_StaysAtTheWhole()
    {
        var told = new Told();

        Repeat(new AggregationProgress(0, told).Counter(), 5_000);

        Assert.Equal([100], told.Percents);
    }

    private static void Repeat(Action count, int times)
    {
        for (var i = 0; i < times; i++)
        {
            count();
        }
    }

    private sealed class Told : IProgress<int>
    {
        public List<int> Percents { get; } = [];

        public void Report(int value) => Percents.Add(value);
    }
}
