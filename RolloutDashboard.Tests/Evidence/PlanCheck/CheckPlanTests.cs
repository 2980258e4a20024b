using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Evidence.PlanCheck;

public sealed class CheckPlanTests
{
    private const int Runs = 4000;

    private static readonly PlanReport Report = CheckPlan.Of(Plan.Default, new AssumedRates(), Runs);

    [Fact]
    public void FairCoin_HundredEachOfTwoHundred_IsMetIn56OfAThousand() =>
        Assert.Equal(0.0563, CheckPlan.FairCoinSplits(200), 4);

    [Theory]
    [InlineData("at 80/20 with 80 % and 25 % the expected overall success is 69 %, below the gate's 70 %")]
    [InlineData("A JSON success of 70 % to 80 % is neither a pass nor an alarm")]
    [InlineData("\"100 each of 200\" is met by a fair coin with probability 5.6 %")]
    [InlineData("proving a ratio above 3 at these rates would take 4,824 iterations of each mode")]
    [InlineData("coin toss")]
    [InlineData("Stage 3.4: a JSON arm that truly succeeds in 80 % is rolled back by chance")]
    public void Of_DefaultPlan_NamesItsContradictions(string words) =>
        Assert.Contains(Report.Warnings, warning => warning.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Of_BetterJsonAndWorseFullCode_NoLongerExpectsToFail() =>
        Assert.DoesNotContain(CheckPlan.Of(Plan.Default, new AssumedRates(0.9, 0.2), Runs).Warnings, warning =>
            warning.Contains("expected to fail", StringComparison.Ordinal)
            || warning.Contains("coin toss", StringComparison.Ordinal)
        );

    [Fact]
    public void Of_DefaultPlan_GatesMoreLikelyWithTheEffectThanWithout()
    {
        Assert.Equal(0.5595, Report.Gates[0].PassIfMet, 4);
        Assert.All(Report.Gates, gate => Assert.True(gate.PassIfMet > gate.PassIfNoEffect));
        Assert.True(Report.Gates[1].HaltIfNoEffect > 0.99, "without an effect the rollout is halted");
    }

    [Theory]
    [InlineData(Stage.TemplateLibraryOnly, 143, 100)]
    [InlineData(Stage.Hybrid, 200, 100)]
    [InlineData(Stage.Primary, 300, 240)]
    [InlineData(Stage.FullProduction, 1000, 950)]
    public void Of_DefaultPlan_VerdictComesWithTheMinimumSamples(Stage stage, int iterations, int json)
    {
        var gate = Report.Gates.Single(one => one.Stage == stage);

        Assert.Equal((iterations, json), (gate.Iterations, gate.Json));
    }

    [Theory]
    [InlineData(100, 0.66)]
    [InlineData(200, 0.71)]
    [InlineData(500, 0.80)]
    public void PointRatio_TruthIs3Point2_ReadsThreeInTwoOfThree(int each, double expected) =>
        Assert.Equal(
            expected,
            Report
                .Figures.Single(figure => figure.Name.EndsWith($"with {each} of each mode", StringComparison.Ordinal))
                .Value,
            2
        );

    [Theory]
    [InlineData(Stage.Primary, 0.78)]
    [InlineData(Stage.FullProduction, 0.73)]
    public void ProvenRatio_ThinFullCodeArm_HasThePublishedPower(Stage stage, double expected) =>
        Assert.Equal(
            expected,
            Report
                .Figures.Single(figure =>
                    figure.Name.Contains($"in stage {stage.Number()} by", StringComparison.Ordinal)
                )
                .Value,
            2
        );

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 91)]
    [InlineData(3, 4824)]
    public void SampleSize_PlanRates_AsPublished(int ratio, double expected) =>
        Assert.Equal(
            expected,
            Report
                .Figures.Single(figure =>
                    figure.Name.Contains($"a ratio above {ratio} (one look", StringComparison.Ordinal)
                )
                .Value
        );

    [Theory]
    [InlineData(10, 0.5, 0.18, 0.02)]
    [InlineData(20, 0.5, 0.013, 0.004)]
    [InlineData(30, 0.5, 0.001, 0.0015)]
    [InlineData(10, 0.7, 0.92, 0.015)]
    [InlineData(50, 0.7, 0.14, 0.02)]
    public void Alarm_OneWindowOverHundredIterations_FiresAsPublished(
        int window,
        double limit,
        double expected,
        double tolerance
    ) =>
        Assert.InRange(
            AlertOperatingCharacteristics.Fires(0.8, limit, 100, [window], 20_000, seed: 7),
            expected - tolerance,
            expected + tolerance
        );

    [Fact]
    public void Alarm_BrokenArm_IsFoundWithinThePatience()
    {
        var alarm = Report.Alarms.Single(one => one is { Stage: Stage.Hybrid, RollsBack: true });

        Assert.InRange(alarm.DetectionDelay!.Value, 5, 40);
        Assert.True(alarm.Detected > 0.9);
        Assert.Equal(Runs, alarm.Simulations);
    }

    [Theory]
    [InlineData("3.1/json-success=0.9@150;success-critical=0.4", 0)]
    [InlineData("3.1/json-success=off", 0)]
    [InlineData("3.9/json-success=0.9", 1)]
    [InlineData("3.1/json-success=high;nonsense", 2)]
    public void Edits_AreApplied_OrNamed(string text, int errors)
    {
        var (gates, thresholds, faults) = PolicyEdits.Apply(Plan.Default.Gates, Plan.Default.Thresholds, text);

        Assert.Equal(errors, faults.Count);
        Assert.Equal(errors == 0, gates != Plan.Default.Gates);
        Assert.Equal(
            text.Contains("critical", StringComparison.Ordinal) ? 0.4 : 0.5,
            thresholds[SuccessCriticalRule.Limit]
        );
    }
}
