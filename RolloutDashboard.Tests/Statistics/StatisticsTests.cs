using System.Text.Json.Nodes;
using RolloutDashboard.Core.Statistics;
using RolloutDashboard.Core.Statistics.Catalog;
using RolloutDashboard.Core.Statistics.Inputs;
using RolloutDashboard.Core.Statistics.Numerics;

namespace RolloutDashboard.Tests.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public void Wilson_EightyOfHundred_IsAsPublished()
    {
        var bounds = ProportionIntervals.Wilson(80, 100);

        Assert.Equal((0.711, 0.867), (Math.Round(bounds.Lower, 3), Math.Round(bounds.Upper, 3)));
        Assert.True(ProportionIntervals.Wilson(87, 100, side: Side.Lower).Lower >= 0.8);
        Assert.True(ProportionIntervals.Wilson(86, 100, side: Side.Lower).Lower < 0.8);
    }

    [Theory]
    [InlineData(80, 100, 0.664, 0.904)]
    [InlineData(100, 100, 0.960, 1)]
    public void BernoulliSequence_KnownCounts_IsAsPublished(int successes, int trials, double lower, double upper)
    {
        var bounds = BernoulliSequence.Interval(successes, trials);

        Assert.Equal((lower, upper), (Math.Round(bounds.Lower, 3), Math.Round(bounds.Upper, 3)));
    }

    [Fact]
    public void BernoulliSequence_ExcludesExactlyWhatItsIntervalLeavesOut()
    {
        var bounds = BernoulliSequence.Interval(80, 100);

        Assert.True(BernoulliSequence.Excludes(bounds.Lower - 1e-6, 80, 100));
        Assert.False(BernoulliSequence.Excludes(bounds.Lower + 1e-6, 80, 100));
        Assert.False(BernoulliSequence.Excludes(bounds.Upper - 1e-6, 80, 100));
        Assert.True(BernoulliSequence.Excludes(bounds.Upper + 1e-6, 80, 100));
    }

    [Fact]
    public void BayesianRatio_PlansExample_IsAsPublished()
    {
        var (one, zero) = (BetaPosterior.Of(80, 100), BetaPosterior.Of(25, 100));

        Assert.Equal(0.9975, BayesianRatio.ProbabilityAtLeast(one, zero, 2), 4);
        Assert.Equal(0.598, BayesianRatio.ProbabilityAtLeast(one, zero, 3), 3);
        Assert.Equal(3.13, BayesianRatio.Quantile(one, zero, 0.5), 2);
        Assert.Equal(2.27, BayesianRatio.Quantile(one, zero, 0.025), 2);
        Assert.Equal(4.57, BayesianRatio.Quantile(one, zero, 0.975), 2);
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 91)]
    [InlineData(3, 4824)]
    public void SampleSizeRatio_PlansRates_IsAsPublished(double ratio, int expected) =>
        Assert.Equal(expected, Math.Ceiling(PowerAnalysis.SampleSizeRatio(0.8, 0.25, ratio, 0.8)), 1.0);

    [Fact]
    public void Msprt_IsTheNormalMixtureInOtherWords()
    {
        const double Difference = 0.3,
            Variance = 2.0,
            N = 50,
            Tau = 0.1;
        var expected =
            Math.Sqrt(Variance / (Variance + (N * Tau)))
            * Math.Exp(N * N * Tau * Difference * Difference / (2 * Variance * (Variance + (N * Tau))));

        Assert.Equal(expected, NormalMixture.SequentialRatio(Difference, Variance, N, Tau), 1e-12);
    }

    [Theory]
    [InlineData("wilson", """{"x":0,"n":0}""", "low", "0")]
    [InlineData("wilson", """{"x":1,"n":1}""", "high", "1")]
    [InlineData("ratio/score_koopman", """{"x1":0,"n1":0,"x0":0,"n0":0}""", "high", "\"Infinity\"")]
    [InlineData("ratio/score_koopman", """{"x1":5,"n1":10,"x0":0,"n0":10}""", "high", "\"Infinity\"")]
    [InlineData("ratio/score_koopman", """{"x1":0,"n1":10,"x0":5,"n0":10}""", "low", "0")]
    [InlineData("ratio_point", """{"x1":0,"n1":0,"x0":5,"n0":10}""", "ratio", "\"NaN\"")]
    [InlineData("sequential_bernoulli", """{"successes":0,"trials":0}""", "high", "1")]
    [InlineData("contrast", """{"x1":0,"n1":0,"x0":0,"n0":0,"ratio":2}""", "low", "\"-Infinity\"")]
    [InlineData("effective_n", """{"cluster_sizes":[]}""", "n_eff", "0")]
    [InlineData("effective_n", """{"cluster_sizes":[17,1,1,1]}""", "distinct", "4")]
    [InlineData("mann_whitney", """{"control":[],"treatment":[1]}""", "p", "1")]
    [InlineData("difference/wald", """{"x1":0,"n1":0,"x0":0,"n0":0}""", "low", "-1")]
    [InlineData("ratio/stratified", """{"strata":[]}""", "ratio", "\"NaN\"")]
    public void Run_EmptyArmsZeroCellsAndSingles_GivesDefinedResults(
        string method,
        string input,
        string field,
        string expected
    ) =>
        Assert.Equal(
            expected,
            StatisticsCatalog.Run(method, (JsonObject)JsonNode.Parse(input)!)[field]!.ToJsonString()
        );

    [Fact]
    public void Run_MissingField_IsRefusedByName() =>
        Assert.Contains(
            "'n'",
            Assert
                .Throws<StatisticsRefusal>(() => StatisticsCatalog.Run("wilson", new JsonObject { ["x"] = 1 }))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Run_TestRunOfOneStrategySeventeenTimes_WeighsLikeFewerThanTwo()
    {
        var sample = EffectiveSampleSize.FromClusters([17, 1, 1, 1]);

        Assert.Equal(400.0 / 292, sample.Effective, 1e-12);
        Assert.Equal(0.85, sample.LargestShare);
    }

    [Fact]
    public void StratifiedRatio_SharesDiffer_IsNotPooled()
    {
        TwoArms[] strata = [new(9, 10, 81, 90), new(18, 90, 2, 10)];

        Assert.Equal(1, StratifiedRatio.Point(strata), 1e-12);
    }

    [Fact]
    public void Contrast_TrueRatioTwo_IsFalselyProvenInAtMostFivePercentOfRollouts()
    {
        const int Runs = 500;
        var random = new Random(7);
        var wrong = 0;
        for (var run = 0; run < Runs; run++)
        {
            double x1 = 0,
                x0 = 0;
            for (var n = 1; n <= 200; n++)
            {
                x1 += random.NextDouble() < 0.5 ? 1 : 0;
                x0 += random.NextDouble() < 0.25 ? 1 : 0;
                if (n >= 20 && RatioSequence.Contrast(new TwoArms(x1, n, x0, n), 2).Lower >= 0)
                {
                    wrong++;
                    break;
                }
            }
        }

        Assert.InRange(wrong / (double)Runs, 0.005, 0.06);
    }

    [Fact]
    public void BernoulliMartingale_TruthAtEveryLook_IsRejectedInAtMostFivePercentOfRollouts()
    {
        const int Runs = 500;
        const double Truth = 0.8;
        var random = new Random(11);
        var wrong = 0;
        for (var run = 0; run < Runs; run++)
        {
            var successes = 0;
            for (var n = 1; n <= 300; n++)
            {
                successes += random.NextDouble() < Truth ? 1 : 0;
                var variance = Truth * (1 - Truth);
                var log = BernoulliSequence.LogTwoSided(
                    successes - (Truth * n),
                    variance * n,
                    Truth,
                    1 - Truth,
                    NormalMixture.BestRho(variance * 100, 0.05)
                );
                if (log >= Math.Log(20))
                {
                    wrong++;
                    break;
                }
            }
        }

        Assert.InRange(wrong / (double)Runs, 0.002, 0.05);
    }
}
