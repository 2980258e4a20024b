using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Means;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using static RolloutDashboard.Tests.Gates.EvidenceRows;

namespace RolloutDashboard.Tests.Gates;

public sealed class GateEvaluatorTests
{
    private static GateReport Evaluate(GateInputs inputs) => GateEvaluator.Evaluate(GateDefinition.Default, inputs);

    private static CriterionResult Criterion(GateReport report, string key) =>
        Assert.Single(report.Criteria, one => one.Key == key);

    private static EvidenceRow[] Hybrid(int json, int full, int jsonN = 100, int fullN = 100) =>
        [
            .. Arm(GenerationMode.Json, json, jsonN - json),
            .. Arm(GenerationMode.FullCode, full, fullN - full, first: 2),
        ];

    [Fact]
    public void Evaluate_StageOneWithEverythingInOrder_Passes()
    {
        var report = Evaluate(Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 83, 17, share: null)));

        Assert.Equal((Verdict.Pass, Recommendation.Proceed), (report.Verdict, report.Recommendation));
        Assert.Contains("passes", report.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, Verdict.Pass)]
    [InlineData(79, Verdict.Fail)]
    public void Evaluate_JsonSuccessAtTheTarget_IsJudgedByThePointRule(int successes, Verdict expected)
    {
        var report = Evaluate(
            Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, successes, 100 - successes, share: null))
        );

        Assert.Equal(expected, Criterion(report, JsonSuccessCriterion.Key).Verdict);
        Assert.Equal(expected, report.Verdict);
    }

    [Fact]
    public void Evaluate_TooFewIterations_CollectsAndSaysHowManyMore()
    {
        var report = Evaluate(Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 60, 4, share: null)));

        Assert.Equal((Verdict.Inconclusive, Recommendation.CollectMore), (report.Verdict, report.Recommendation));
        Assert.Equal(Shortage.Samples, report.Lacks);
        Assert.Equal(36, report.FurtherIterations);
        Assert.Contains("64 of 100", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_NothingRunYet_IsNeverAPass()
    {
        foreach (var stage in Enum.GetValues<Stage>())
        {
            var report = Evaluate(
                new GateInputs
                {
                    Stage = stage,
                    Now = Start,
                    AttemptStartedAt = Start,
                    Rows = [],
                }
            );

            Assert.NotEqual(Verdict.Pass, report.Verdict);
            Assert.DoesNotContain(report.Criteria, one => one.Verdict == Verdict.Pass && one.Key != TimeCriterion.Key);
        }
    }

    [Fact]
    public void Evaluate_EachMissingFact_KeepsTheGateFromPassing()
    {
        var healthy = Healthy(Stage.FullProduction, Production(1000));
        Assert.Equal(Verdict.Pass, Evaluate(healthy).Verdict);

        Assert.All(EachLacking(healthy.Facts), facts =>
            Assert.Equal(Verdict.NotMeasured, Evaluate(healthy with { Facts = facts }).Verdict)
        );
    }

    private static MonitoringFacts[] EachLacking(MonitoringFacts facts) =>
        [
            facts with
            {
                DataAt = null,
            },
            facts with
            {
                Crashes = null,
            },
            facts with
            {
                OpenBlockingFindings = null,
            },
            facts with
            {
                Uptime = null,
            },
            facts with
            {
                Feedback = null,
            },
            facts with
            {
                SignOff = null,
            },
            facts with
            {
                SignOff = new SignOff("  ", Start),
            },
        ];

    [Fact]
    public void Evaluate_LostIterations_CountAsLevelZeroInTheirArm()
    {
        var rows = Arm(GenerationMode.Json, 80, 20, share: null);
        var succeeded = Array.FindIndex(rows, row => row.Succeeded);
        rows[succeeded] = rows[succeeded] with { Status = IterationStatus.Lost, Level = null };

        var success = Criterion(Evaluate(Healthy(Stage.TemplateLibraryOnly, rows)), JsonSuccessCriterion.Key);

        Assert.Equal((100, Verdict.Fail), (success.N, success.Verdict));
    }

    [Fact]
    public void Evaluate_CancelledAndMutated_CountInNoRate()
    {
        var rows = Arm(GenerationMode.Json, 80, 20, share: null);
        var others = Arm(GenerationMode.Json, 0, 40, first: 500, share: null)
            .Select(
                (row, index) =>
                    index % 2 == 0
                        ? row with
                        {
                            Status = IterationStatus.Cancelled,
                        }
                        : row with
                        {
                            Kind = IterationKind.Mutation,
                        }
            );

        var success = Criterion(
            Evaluate(Healthy(Stage.TemplateLibraryOnly, [.. rows, .. others])),
            JsonSuccessCriterion.Key
        );

        Assert.Equal((100, 0.8), (success.N, success.Value));
    }

    [Fact]
    public void Evaluate_FallbackToFullCode_CountsAgainstJson()
    {
        var rows = Arm(GenerationMode.Json, 80, 20, share: null);
        rows = [.. rows.Select(row => row.Succeeded ? row : row with { EffectiveMode = GenerationMode.FullCode })];

        Assert.Equal(
            0.8,
            Criterion(Evaluate(Healthy(Stage.TemplateLibraryOnly, rows)), JsonSuccessCriterion.Key).Value
        );
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Evaluate_SharpeNotFinite_IsAnError(double sharpe)
    {
        var rows = Arm(GenerationMode.Json, 90, 10, share: null);
        rows[3] = rows[3] with { SharpeRatio = sharpe };

        var report = Evaluate(Healthy(Stage.TemplateLibraryOnly, rows));

        Assert.Equal(Verdict.Error, Criterion(report, JsonSharpeCriterion.Key).Verdict);
        Assert.Equal(Verdict.Error, report.Verdict);
    }

    [Fact]
    public void Evaluate_CriterionThrows_IsItsErrorAndTheOthersStillSpeak()
    {
        IGateCriterion[] known = [new Throwing(), .. CriterionList.All.Where(one => one.Key != NoCrashCriterion.Key)];

        var report = GateEvaluator.Evaluate(
            GateDefinition.Default,
            Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 90, 10, share: null)),
            known
        );

        Assert.Equal(Verdict.Error, report.Verdict);
        Assert.Equal(Verdict.Pass, Criterion(report, JsonSuccessCriterion.Key).Verdict);
        Assert.Contains("broken sensor", Criterion(report, NoCrashCriterion.Key).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_GateWithoutCriteria_IsAnError()
    {
        var empty = GateDefinition.Default with { Stages = [] };

        Assert.Equal(Verdict.Error, GateEvaluator.Evaluate(empty, Healthy(Stage.Hybrid)).Verdict);
    }

    [Fact]
    public void Evaluate_UnknownCriterionInDefinition_IsAnError()
    {
        var gate = GateDefinition.Default with { Stages = [new StageGate(Stage.Hybrid, [new("luck", 1)])] };

        Assert.Equal(Verdict.Error, GateEvaluator.Evaluate(gate, Healthy(Stage.Hybrid)).Verdict);
    }

    [Theory]
    [InlineData(90, 30, Verdict.Pass, Recommendation.Proceed)]
    [InlineData(90, 31, Verdict.Fail, Recommendation.Investigate)]
    [InlineData(80, 40, Verdict.Fail, Recommendation.Investigate)]
    [InlineData(80, 41, Verdict.Fail, Recommendation.Halt)]
    public void Evaluate_HybridByRatio_RecommendsAsThePlanSays(
        int json,
        int full,
        Verdict verdict,
        Recommendation recommendation
    )
    {
        var report = Evaluate(Healthy(Stage.Hybrid, Hybrid(json, full)));

        Assert.Equal(verdict, Criterion(report, SuccessRatioCriterion.Key).Verdict);
        Assert.Equal(recommendation, report.Recommendation);
    }

    [Fact]
    public void Evaluate_HybridBelowMinimumSamples_NeverHalts()
    {
        var report = Evaluate(Healthy(Stage.Hybrid, Hybrid(20, 40, 99, 99)));

        Assert.Equal(
            (Verdict.Inconclusive, Recommendation.CollectMore),
            (Criterion(report, SuccessRatioCriterion.Key).Verdict, report.Recommendation)
        );
    }

    [Theory]
    [InlineData(90, Verdict.Pass)]
    [InlineData(5, Verdict.Inconclusive)]
    [InlineData(0, Verdict.Inconclusive)]
    public void Evaluate_NoFullCodeSuccess_PassesOnlyByTheScoreBound(int json, Verdict expected)
    {
        var ratio = Criterion(Evaluate(Healthy(Stage.Hybrid, Hybrid(json, 0))), SuccessRatioCriterion.Key);

        Assert.Equal(expected, ratio.Verdict);
        Assert.Null(ratio.Value);
    }

    [Fact]
    public void Evaluate_FullCodeTooGood_SaysThatTheRatioCannotBeMet()
    {
        var explanation = Criterion(
            Evaluate(Healthy(Stage.Hybrid, Hybrid(95, 40))),
            SuccessRatioCriterion.Key
        ).Explanation;

        Assert.Contains("cannot be met", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OneStrategyRepeated_WidensTheIntervalAndProvesNothing()
    {
        var distinct = Arm(GenerationMode.Json, 95, 5, share: null);
        var repeated = distinct
            .Select(row => row with { Fingerprint = row.Succeeded ? "one" : row.Fingerprint })
            .ToArray();

        var honest = Criterion(Evaluate(Healthy(Stage.TemplateLibraryOnly, distinct)), JsonSuccessCriterion.Key);
        var collapsed = Criterion(Evaluate(Healthy(Stage.TemplateLibraryOnly, repeated)), JsonSuccessCriterion.Key);

        Assert.True(honest.Proven);
        Assert.False(collapsed.Proven);
        Assert.Equal(6, collapsed.Distinct);
        Assert.True(collapsed.Interval!.Value.Lower < honest.Interval!.Value.Lower - 0.3);
    }

    [Fact]
    public void Evaluate_ProofRequired_MetButUnprovenIsInconclusive()
    {
        var inputs = Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 83, 17, share: null));

        var success = Criterion(Evaluate(inputs with { RequireProof = true }), JsonSuccessCriterion.Key);

        Assert.Equal((Verdict.Inconclusive, false), (success.Verdict, success.Proven));
        Assert.True(success.FurtherIterations > 100);
    }

    [Fact]
    public void Evaluate_EarlierAttempts_StayInTheProofAndNotInTheRate()
    {
        var inputs = Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 95, 5, first: 1001, share: null));
        var retried = inputs with { EarlierRows = Arm(GenerationMode.Json, 30, 70, share: null) };

        Assert.True(Criterion(Evaluate(inputs), JsonSuccessCriterion.Key).Proven);
        var success = Criterion(Evaluate(retried), JsonSuccessCriterion.Key);
        Assert.Equal((0.95, false), (success.Value, success.Proven));
    }

    [Fact]
    public void Evaluate_ShareFarFromConfigured_FailsModeSwitching()
    {
        var rows = Hybrid(90, 25, 150, 100);

        Assert.Equal(
            Verdict.Pass,
            Criterion(Evaluate(Healthy(Stage.Hybrid, Hybrid(90, 25, 120, 100))), ModeSwitchingCriterion.Key).Verdict
        );
        Assert.Equal(
            Verdict.Fail,
            Criterion(
                Evaluate(Healthy(Stage.Hybrid, [.. rows, .. Arm(GenerationMode.Json, 40, 0, first: 2001)])),
                ModeSwitchingCriterion.Key
            ).Verdict
        );
    }

    [Fact]
    public void Evaluate_TimeNotCovered_IsTheReasonAndComesFirst()
    {
        var inputs = Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 90, 10, share: null)) with
        {
            AttemptStartedAt = Start.AddDays(37),
        };

        var report = Evaluate(inputs);

        Assert.Equal((Verdict.Inconclusive, TimeCriterion.Key), (report.Verdict, report.Criteria[0].Key));
        Assert.Equal((Shortage.Time, Shortage.Time), (report.Lacks, report.Criteria[0].Lacks));
        Assert.Contains("3 days", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Crash_FailsBeforeAnythingElseIsSaid()
    {
        var inputs = Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 10, 90, share: null));

        var report = Evaluate(inputs with { Facts = inputs.Facts with { Crashes = 1 } });

        Assert.StartsWith("Gate 3.1 fails: System crashes", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_StagingNotRequired_IsNotAsked()
    {
        var inputs = Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 90, 10, share: null));
        var unvalidated = inputs with { Facts = inputs.Facts with { StagingValidationPassed = null } };

        Assert.Equal(Verdict.NotMeasured, Evaluate(unvalidated).Verdict);
        Assert.Equal(Verdict.Pass, Evaluate(unvalidated with { RequireStaging = false }).Verdict);
    }

    [Fact]
    public void Evaluate_DemoWithoutRealChannel_CountsTheDashboardsTestAlert()
    {
        var inputs = Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 90, 10, share: null));
        var shown = inputs with
        {
            Facts = inputs.Facts with { TestAlertAt = null, DashboardTestAlertAt = Start.AddDays(39) },
        };

        Assert.Equal(Verdict.NotMeasured, Criterion(Evaluate(shown), MonitoringCriterion.Key).Verdict);
        Assert.Equal(Verdict.Pass, Criterion(Evaluate(shown with { IsDemo = true }), MonitoringCriterion.Key).Verdict);
    }

    [Fact]
    public void Evaluate_FullProductionBeforeThirtyDays_IsInconclusive()
    {
        var inputs = Healthy(Stage.FullProduction, Production(1000)) with
        {
            MinimumTime = TimeSpan.FromDays(30),
            AttemptStartedAt = Start.AddDays(20),
        };

        var report = Evaluate(inputs);

        var (uptime, success) = (Criterion(report, UptimeCriterion.Key), Criterion(report, JsonSuccessCriterion.Key));
        Assert.Equal((Verdict.Inconclusive, Shortage.Time), (uptime.Verdict, uptime.Lacks));
        Assert.Equal((Verdict.Inconclusive, Shortage.Time), (success.Verdict, success.Lacks));
    }

    [Fact]
    public void Evaluate_FiguresOutOfDate_LackFreshOnes()
    {
        var inputs = Healthy(Stage.TemplateLibraryOnly, Arm(GenerationMode.Json, 90, 10, share: null));

        var report = Evaluate(inputs with { Facts = inputs.Facts with { DataAt = inputs.Now.AddHours(-2) } });

        var fresh = Criterion(report, DataFreshCriterion.Key);
        Assert.Equal((Verdict.Inconclusive, Shortage.FreshFigures), (fresh.Verdict, fresh.Lacks));
    }

    [Fact]
    public void Evaluate_PrimaryWithDefaults_PassesWhenAllIsMet()
    {
        EvidenceRow[] rows =
        [
            .. Arm(GenerationMode.Json, 205, 35, share: 0.8),
            .. Arm(GenerationMode.FullCode, 20, 40, first: 2, share: 0.8),
        ];

        var report = Evaluate(Healthy(Stage.Primary, rows));

        Assert.Equal(Verdict.Pass, report.Verdict);
        Assert.Equal(0.75, Criterion(report, OverallSuccessCriterion.Key).Value);
    }

    [Fact]
    public void Evaluate_ErrorRateAtItsLimit_Fails()
    {
        var rows = Production(1000);
        var json = rows.Where(row => row.AssignedMode == GenerationMode.Json)
            .Take(48)
            .Select(row => row.Number)
            .ToHashSet();
        var failing = rows.Select(row =>
            json.Contains(row.Number)
                ? row with
                {
                    Level = SuccessLevel.Failed,
                    SharpeRatio = null,
                    TotalReturn = null,
                }
                : row
        );

        Assert.Equal(
            Verdict.Fail,
            Criterion(Evaluate(Healthy(Stage.FullProduction, [.. failing])), ErrorRateCriterion.Key).Verdict
        );
    }

    [Fact]
    public void Definition_RoundTripsThroughJson()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(GateDefinition.Default);

        var back = System.Text.Json.JsonSerializer.Deserialize<GateDefinition>(json)!;

        Assert.Equal(json, System.Text.Json.JsonSerializer.Serialize(back));
        Assert.Equal(4, back.Stages.Count);
    }

    /// <summary>95 % JSON, within the last minutes of the window.</summary>
    private static EvidenceRow[] Production(int n) =>
        [
            .. Arm(GenerationMode.Json, n * 80 / 100, n * 15 / 100, share: 0.95).Select(Recent),
            .. Arm(GenerationMode.FullCode, n / 100, n * 4 / 100, first: 2, share: 0.95).Select(Recent),
        ];

    private static EvidenceRow Recent(EvidenceRow row) =>
        row with
        {
            StartedAt = row.StartedAt.AddDays(37),
            EndedAt = row.EndedAt!.Value.AddDays(37),
        };

    private sealed class Throwing : IGateCriterion
    {
        public string Key => NoCrashCriterion.Key;

        public string Name => "Broken";

        public string Summary => "";

        public GatePhase Phase => GatePhase.Guardrail;

        public CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
            throw new InvalidOperationException("broken sensor");
    }
}
