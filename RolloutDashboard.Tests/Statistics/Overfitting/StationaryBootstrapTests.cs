using RolloutDashboard.Core.Statistics.Overfitting;

namespace RolloutDashboard.Tests.Statistics.Overfitting;

public sealed class StationaryBootstrapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5.5)]
    [InlineData(400)]
    public void Draw_AnyBlock_GivesAsManyDaysOfTheRange(double block)
    {
        var resampled = StationaryBootstrap.Draw(60, block, 200, seed: 11);

        Assert.Equal(200, resampled.Count);
        for (var sample = 0; sample < resampled.Count; sample++)
        {
            var days = 0;
            foreach (var run in resampled[sample])
            {
                Assert.InRange(run.From, 0, 59);
                Assert.InRange(run.To, run.From + 1, 60);
                days += run.To - run.From;
            }

            Assert.Equal(60, days);
        }
    }

    [Fact]
    public void Draw_SameSeed_GivesTheSameOnEveryMachine()
    {
        var days = StationaryBootstrap.Draw(20, 3, 1, seed: 42)[0].ToArray();

        Assert.Equal(days, StationaryBootstrap.Draw(20, 3, 1, seed: 42)[0].ToArray());
        Assert.NotEqual(days, StationaryBootstrap.Draw(20, 3, 1, seed: 43)[0].ToArray());
    }

    [Fact]
    public void Draw_MeanBlock_IsWhatWasAskedFor()
    {
        // 200 * 500 days in blocks of about 8 that go on around the end.
        var resampled = StationaryBootstrap.Draw(500, 8, 200, seed: 12);
        var runs = Enumerable.Range(0, 200).Sum(sample => resampled[sample].Length);

        Assert.InRange(500d * 200 / runs, 7.3, 8.2);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0.5)]
    [InlineData(10, double.NaN)]
    public void Draw_Impossible_IsRefused(int days, double block) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StationaryBootstrap.Draw(days, block, 5, 1));

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(12)]
    public void Variance_OnePass_IsTheSumOverAllLags(double block)
    {
        var values = SuperiorAbilityTests.Noise(1, 80, seed: 3)[0];
        var mean = values.Average(value => (double)value);
        var expected = 0d;
        for (var lag = -79; lag <= 79; lag++)
        {
            var covariance = Enumerable
                .Range(0, 80)
                .Sum(day => (values[day] - mean) * (values[(day + Math.Abs(lag)) % 80] - mean) / 80);
            expected += (1 - (Math.Abs(lag) / 80d)) * Math.Pow(1 - (1 / block), Math.Abs(lag)) * covariance;
        }

        Assert.Equal(expected, StationaryBootstrap.Variance(values, mean, block), expected * 1e-10);
    }

    [Fact]
    public void Variance_Samples_SpreadAsItSays()
    {
        var values = SuperiorAbilityTests.Noise(1, 100, seed: 4)[0];
        for (var day = 1; day < 100; day++)
        {
            values[day] += 0.6f * values[day - 1];
        }

        var mean = values.Average(value => (double)value);
        var resampled = StationaryBootstrap.Draw(100, 6, 20_000, seed: 5);
        var squares = 0d;
        for (var sample = 0; sample < resampled.Count; sample++)
        {
            var sum = 0d;
            foreach (var run in resampled[sample])
            {
                for (var day = run.From; day < run.To; day++)
                {
                    sum += values[day] - mean;
                }
            }

            squares += sum * sum / 100 / resampled.Count;
        }

        // The standard error of a variance from 20,000 samples is 1 %.
        Assert.InRange(squares / StationaryBootstrap.Variance(values, mean, 6), 0.96, 1.04);
    }

    [Fact]
    public void Samples_DrawnElsewhere_AreKeptAsRuns()
    {
        var resampled = ResampledDays.Of(
            5,
            2,
            [
                [3, 4, 0, 1, 1],
                [0, 1, 2, 3, 4],
            ]
        );

        Assert.Equal([new DayRun(3, 5), new DayRun(0, 2), new DayRun(1, 2)], resampled[0].ToArray());
        Assert.Equal([new DayRun(0, 5)], resampled[1].ToArray());
        Assert.Throws<ArgumentException>(() =>
            ResampledDays.Of(
                5,
                2,
                [
                    [0, 1, 2, 3],
                ]
            )
        );
        Assert.Throws<ArgumentException>(() =>
            ResampledDays.Of(
                2,
                2,
                [
                    [0, 2],
                ]
            )
        );
    }

    [Fact]
    public void Correlation_OfPairs_IsTheirMean()
    {
        float[] up = [1, 2, 3, 4];
        float[] down = [4, 3, 2, 1];

        Assert.Equal(1, AverageCorrelation.Of([up, up, [0, 0, 0, 0]])!.Value, 1e-9);
        Assert.Equal(-1d / 3, AverageCorrelation.Of([up, up, down])!.Value, 1e-9);
        Assert.Null(AverageCorrelation.Of([up, [0, 0, 0, 0]]));
        Assert.Null(AverageCorrelation.Of([]));
        Assert.Equal((100, 1), (AverageCorrelation.Independent(100, -0.2), AverageCorrelation.Independent(100, 1)));
    }
}
