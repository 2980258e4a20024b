using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics.Overfitting;

namespace RolloutDashboard.Tests.Statistics.Overfitting;

/// <summary>Against answers of numpy and of the package arch; made by make_overfitting.py beside them.</summary>
public sealed class SuperiorAbilityTests
{
    private static readonly JsonNode Vectors = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "overfitting.json"))
    )!;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void Test_GivenSamples_GivesWhatNumpyGives(int place, int threads)
    {
        var vector = Vectors["exact"]![place]!;
        var excess = Series(vector["excess"]!);

        var test = SuperiorAbility.Test(
            excess,
            ResampledDays.Of(
                excess[0].Length,
                vector["block"]!.GetValue<double>(),
                vector["samples"]!.AsArray().Select(days => Numbers(days!).Select(day => (int)day).ToArray())
            ),
            threads
        )!;

        var expected = vector["expected"]!;
        Assert.Equal(expected["reality_check"]!.GetValue<double>(), test.RealityCheck, 1e-9);
        Assert.Equal(expected["lower"]!.GetValue<double>(), test.Lower, 1e-9);
        Assert.Equal(expected["consistent"]!.GetValue<double>(), test.Consistent, 1e-9);
        Assert.Equal(expected["upper"]!.GetValue<double>(), test.Upper, 1e-9);
        Close(Numbers(expected["statistics"]!), test.Statistics, 1e-9);
        Close(Numbers(expected["adjusted"]!), test.Adjusted, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Test_OwnSamples_GivesWhatArchGivesWithinChance(int place)
    {
        var vector = Vectors["arch"]![place]!;
        var excess = Series(vector["excess"]!);
        var samples = vector["reps"]!.GetValue<int>();

        var test = SuperiorAbility.Test(
            excess,
            StationaryBootstrap.Draw(excess[0].Length, vector["block"]!.GetValue<double>(), samples, seed: 7),
            threads: 2
        )!;

        WithinChance("lower", test.Lower);
        WithinChance("consistent", test.Consistent);
        WithinChance("upper", test.Upper);
        WithinChance("reality_check", test.RealityCheck);
        Assert.Equal(
            Numbers(vector["superior"]!).Select(trial => (int)trial),
            Enumerable.Range(0, excess.Length).Where(trial => test.Adjusted[trial] <= 0.05)
        );

        // Two independent estimates of one probability, four standard errors apart at most.
        void WithinChance(string field, double p)
        {
            var other = vector[field]!.GetValue<double>();
            Assert.InRange(Math.Abs(p - other), 0, 4 * Math.Sqrt(2 * Math.Max(other, 1e-3) * (1 - other) / samples));
        }
    }

    [Fact]
    public void Test_Always_OrdersTheThreePValuesAndNamesBestFirst()
    {
        var excess = Noise(trials: 30, days: 120, seed: 5);

        var test = SuperiorAbility.Test(excess, StationaryBootstrap.Draw(120, 3, 500, 1))!;

        Assert.True(test.Lower <= test.Consistent && test.Consistent <= test.Upper, test.ToString());
        Assert.Equal(test.Adjusted.Min(), test.Adjusted[test.Best]);
        Assert.Equal(test.Upper, test.Adjusted[test.Best], 1e-12);
        var byStatistic = Enumerable.Range(0, 30).OrderByDescending(trial => test.Statistics[trial]);
        Assert.Equal(test.Adjusted.Order(), byStatistic.Select(trial => test.Adjusted[trial]));
    }

    [Fact]
    public void Test_AnyNumberOfThreads_GivesTheSame()
    {
        var excess = Noise(trials: 37, days: 90, seed: 6);
        var resampled = StationaryBootstrap.Draw(90, 4, 333, 2);

        var one = SuperiorAbility.Test(excess, resampled, 1)!;
        var four = SuperiorAbility.Test(excess, resampled, 4)!;

        Assert.Equal(
            (one.RealityCheck, one.Lower, one.Consistent, one.Upper),
            (four.RealityCheck, four.Lower, four.Consistent, four.Upper)
        );
        Assert.Equal(one.Adjusted, four.Adjusted);
    }

    [Fact]
    public void Test_OneSkilledAmongNoise_NamesItAlone()
    {
        var excess = Noise(trials: 100, days: 1000, seed: 7);
        excess[40] = [.. excess[40].Select(value => value + 0.002f)];

        var test = SuperiorAbility.Test(excess, StationaryBootstrap.Draw(1000, 2, 500, 3))!;

        Assert.Equal([40], Enumerable.Range(0, 100).Where(trial => test.Adjusted[trial] <= 0.05));
        Assert.InRange(test.Consistent, 0, 0.01);
    }

    [Fact]
    public void Test_TrialThatIsTheBenchmark_NeverBeatsIt()
    {
        float[][] excess = [new float[50], .. Noise(trials: 3, days: 50, seed: 8)];

        var test = SuperiorAbility.Test(excess, StationaryBootstrap.Draw(50, 2, 99, 4))!;

        Assert.Equal((0d, 1d), (test.Statistics[0], test.Adjusted[0]));
    }

    [Fact]
    public void Test_NothingToCompare_SaysNothing()
    {
        Assert.Null(SuperiorAbility.Test([], StationaryBootstrap.Draw(50, 2, 99, 4)));
        Assert.Null(SuperiorAbility.Test([new float[50]], StationaryBootstrap.Draw(50, 2, 99, 4)));
        Assert.Null(SuperiorAbility.Test([new float[9]], StationaryBootstrap.Draw(9, 2, 99, 4)));
        Assert.Throws<ArgumentException>(() =>
            SuperiorAbility.Test([new float[49]], StationaryBootstrap.Draw(50, 2, 99, 4))
        );
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void BlockLength_Series_GivesWhatNumpyGives(int place, bool likeArch)
    {
        var vector = Vectors["lengths"]![place]!;
        float[] values = [.. Numbers(vector["values"]!).Select(value => (float)value)];

        Assert.Equal(vector["numpy"]!.GetValue<double>(), BlockLength.Of(values), 1e-6);
        // arch takes the lag after the last that counts; the two agree where none does.
        Assert.Equal(likeArch, Math.Abs(vector["arch"]!.GetValue<double>() - BlockLength.Of(values)) < 1e-6);
    }

    [Fact]
    public void BlockLength_NothingMoves_IsOneDay()
    {
        Assert.Equal(1, BlockLength.Of(new float[100]));
        Assert.Equal(1, BlockLength.Of([0.1f, 0.2f]));
        Assert.Equal(1, BlockLength.OfAll([]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Overfitting_Returns_GivesWhatNumpyGivesEitherWay(int place)
    {
        var vector = Vectors["splits"]![place]!;
        var byTrial = Series(vector["returns"]!);
        var blocks = vector["blocks"]!.GetValue<int>();
        IReadOnlyList<IReadOnlyList<double>> byDay =
        [
            .. Enumerable
                .Range(0, byTrial[0].Length)
                .Select(day => byTrial.Select(trial => (double)trial[day]).ToArray()),
        ];

        Assert.Equal(vector["pbo"]!.GetValue<double>(), BacktestOverfitting.Probability(byTrial, blocks)!.Value, 1e-9);
        Assert.Equal(vector["pbo"]!.GetValue<double>(), BacktestOverfitting.Probability(byDay, blocks)!.Value, 1e-9);
    }

    internal static float[][] Noise(int trials, int days, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, trials)
                .Select(_ =>
                    Enumerable
                        .Range(0, days)
                        .Select(_ => (float)(0.02 * (random.NextDouble() + random.NextDouble() - 1)))
                        .ToArray()
                ),
        ];
    }

    private static float[][] Series(JsonNode node) =>
        [.. node.AsArray().Select(series => Numbers(series!).Select(value => (float)value).ToArray())];

    private static double[] Numbers(JsonNode node) =>
        [.. node.AsArray().Select(value => double.Parse(value!.ToJsonString()))];

    private static void Close(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected, (value, place) => Assert.Equal(value, actual[place], tolerance * (1 + Math.Abs(value))));
    }
}
