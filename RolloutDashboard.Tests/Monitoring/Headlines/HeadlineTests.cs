using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Monitoring.Headlines;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Tests.Monitoring.Headlines;

/// <summary>Phase, gate, switch and stage, and what the live page says of them.</summary>
public sealed class HeadlineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);

    private static readonly HeadlineCase[] Table =
    [
        // Halted used to be calm blue, with an hourglass and "about 58 more iterations".
        new(
            "halted",
            Active(Stage.Hybrid, Failing(1.4, further: 58)) with
            {
                Phase = RolloutPhase.Halted,
                PhaseReason = "Gate 3.2 fails: the ratio is 1.4, below 2",
            },
            HeadlineState.Halted,
            "Halted",
            HeadlineTone.Bad,
            null,
            PersonClick.ResolveHalt,
            "A rule locked promotion: Gate 3.2 fails: the ratio is 1.4, below 2. More iterations do not end it.",
            "written reason"
        ),
        new(
            "halted while collecting",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                Phase = RolloutPhase.Halted,
                PhaseReason = "The ratio was below 2.",
            },
            HeadlineState.Halted,
            "Halted",
            HeadlineTone.Bad,
            null,
            PersonClick.ResolveHalt,
            "The ratio was below 2.",
            "resolves the halt"
        ),
        new(
            "halted, loop paused",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                Phase = RolloutPhase.Halted,
                Loop = LoopState.Paused,
            },
            HeadlineState.Halted,
            "Halted",
            HeadlineTone.Bad,
            null,
            PersonClick.ResolveHalt,
            "no reason was recorded.",
            "resolves"
        ),
        new(
            "rolled back",
            RolledBack(ResumeState.NeedsValidation),
            HeadlineState.RolledBack,
            "Rolled back",
            HeadlineTone.Bad,
            null,
            PersonClick.ValidateInStaging,
            "JSON mode is off. Cause: Success fell to 46 %. The loop goes on in full code.",
            "validate stage 3.2 in staging"
        ),
        new(
            "rolled back, loop paused",
            RolledBack(ResumeState.NeedsValidation) with
            {
                Loop = LoopState.Paused,
            },
            HeadlineState.RolledBack,
            "Rolled back",
            HeadlineTone.Bad,
            null,
            PersonClick.ValidateInStaging,
            "The loop is paused.",
            "validate stage 3.2"
        ),
        new(
            "rolled back, validating",
            RolledBack(ResumeState.Validating) with
            {
                Staging = new StagingFacts(12, 20),
            },
            HeadlineState.RolledBack,
            "Rolled back",
            HeadlineTone.Bad,
            null,
            PersonClick.ValidateInStaging,
            "Cause: Success fell",
            "12 of 20 iterations"
        ),
        new(
            "rolled back, validation failed",
            RolledBack(ResumeState.ValidationFailed),
            HeadlineState.RolledBack,
            "Rolled back",
            HeadlineTone.Bad,
            null,
            PersonClick.ValidateInStaging,
            "Cause: Success fell",
            "failed"
        ),
        new(
            "rolled back, ready",
            RolledBack(ResumeState.Ready),
            HeadlineState.RolledBack,
            "Rolled back",
            HeadlineTone.Bad,
            null,
            PersonClick.Resume,
            "Cause: Success fell",
            "resumes stage 3.2"
        ),
        new(
            "rolled back, halt open",
            RolledBack(ResumeState.Ready) with
            {
                OpenHalt = "The ratio was below 2.",
            },
            HeadlineState.RolledBack,
            "Rolled back",
            HeadlineTone.Bad,
            null,
            PersonClick.Resume,
            "A halt is open as well",
            "resumes"
        ),
        new(
            "stopping",
            RolledBack(ResumeState.Stopping),
            HeadlineState.Stopping,
            "Rolling back",
            HeadlineTone.Bad,
            null,
            null,
            "JSON mode is off.",
            "ends by itself"
        ),
        new(
            "emergency, loop stopped",
            RolledBack(ResumeState.Verifying) with
            {
                Loop = LoopState.Stopped,
            },
            HeadlineState.RolledBack,
            "Rolled back",
            HeadlineTone.Bad,
            null,
            PersonClick.StartLoop,
            "The loop is stopped.",
            "starts the loop"
        ),
        new(
            "stop not in the database yet",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                JsonOff = JsonOffCause.Stop,
                JsonOffReason = "stopped in this process",
            },
            HeadlineState.JsonOff,
            "JSON is off",
            HeadlineTone.Bad,
            null,
            null,
            "No JSON is assigned: stopped in this process.",
            "follows by itself"
        ),
        new(
            "stop while halted",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                Phase = RolloutPhase.Halted,
                JsonOff = JsonOffCause.Stop,
                JsonOffReason = "the marker file is set",
            },
            HeadlineState.JsonOff,
            "JSON is off",
            HeadlineTone.Bad,
            null,
            null,
            "locked by a halt as well",
            "by itself"
        ),
        new(
            "flag off",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                JsonOff = JsonOffCause.Flag,
                JsonOffReason = "use_json_mode is false",
            },
            HeadlineState.JsonOff,
            "JSON is off",
            HeadlineTone.Bad,
            null,
            PersonClick.ChangeConfiguration,
            "use_json_mode is false.",
            "turns the flag on"
        ),
        new(
            "gradual",
            Active(Stage.Primary, Collecting(58)) with
            {
                Gradual = Gradual(),
            },
            HeadlineState.RollingBackGradually,
            "Rolling back gradually",
            HeadlineTone.Bad,
            null,
            PersonClick.EndGradualRollback,
            "lowered to 50 %. Cause: Success falls.",
            "goes on to 20 % by 14:15 UTC"
        ),
        new(
            "gradual while halted",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                Phase = RolloutPhase.Halted,
                Gradual = Gradual(),
            },
            HeadlineState.RollingBackGradually,
            "Rolling back gradually",
            HeadlineTone.Bad,
            null,
            PersonClick.EndGradualRollback,
            "locked by a halt as well",
            "14:15 UTC"
        ),
        new(
            "successful",
            Active(Stage.FullProduction, Passing()) with
            {
                Phase = RolloutPhase.Successful,
            },
            HeadlineState.Successful,
            "Rollout successful",
            HeadlineTone.Good,
            null,
            null,
            "Gate 3.4 has passed.",
            "Nothing is due"
        ),
        new(
            "loop waits",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                Loop = LoopState.Waiting,
                LoopReason = "no provider answers",
            },
            HeadlineState.LoopWaits,
            "Waiting",
            HeadlineTone.Warning,
            null,
            null,
            "The loop waits: no provider answers.",
            "by itself"
        ),
        new(
            "loop paused",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                Loop = LoopState.Paused,
            },
            HeadlineState.LoopPaused,
            "Paused",
            HeadlineTone.Warning,
            null,
            PersonClick.StartLoop,
            "No iteration starts",
            "starts the loop"
        ),
        new(
            "loop stopped",
            Active(Stage.Hybrid, Collecting(58)) with
            {
                Loop = LoopState.Stopped,
            },
            HeadlineState.LoopStopped,
            "Stopped",
            HeadlineTone.Warning,
            null,
            PersonClick.StartLoop,
            "No iteration starts",
            "starts the loop"
        ),
        new(
            "collecting",
            Active(Stage.TemplateLibraryOnly, Collecting(58)),
            HeadlineState.Collecting,
            "Collecting",
            HeadlineTone.Info,
            58,
            null,
            "Gate 3.1 is collecting: 1,042 of 1,100 iterations.",
            "after each iteration"
        ),
        new(
            "collecting, validation open",
            Active(
                Stage.TemplateLibraryOnly,
                Collecting(58, Click("staging-validation", "Staging validation", PersonClick.ValidateInStaging))
            ),
            HeadlineState.Collecting,
            "Collecting",
            HeadlineTone.Info,
            58,
            PersonClick.ValidateInStaging,
            "1,042 of 1,100 iterations",
            "Meanwhile a person can:"
        ),
        new(
            "time is missing",
            Active(
                Stage.FullProduction,
                Gate(
                    Stage.FullProduction,
                    Verdict.Inconclusive,
                    Recommendation.CollectMore,
                    0,
                    One(TimeCriterion.Key, "Time in stage", Verdict.Inconclusive) with
                    {
                        Actual = "3 days",
                        Target = ">= 30 days",
                        Explanation = "27 days are left.",
                    }
                )
            ),
            HeadlineState.Collecting,
            "Collecting",
            HeadlineTone.Info,
            null,
            null,
            "3 days of 30 days in the stage. 27 days are left.",
            "judged again"
        ),
        // Used to be "Collecting, judged again after each iteration" while only a click was missing.
        new(
            "only the validation",
            Active(
                Stage.TemplateLibraryOnly,
                Waiting(Click("staging-validation", "Staging validation", PersonClick.ValidateInStaging))
            ),
            HeadlineState.WaitsForPerson,
            "Waiting for validation",
            HeadlineTone.Warning,
            null,
            PersonClick.ValidateInStaging,
            "1 of 2 criteria are met; the rest only a person can meet.",
            "do not change it"
        ),
        new(
            "validation runs",
            Active(
                Stage.TemplateLibraryOnly,
                Waiting(Click("staging-validation", "Staging validation", PersonClick.ValidateInStaging))
            ) with
            {
                Staging = new StagingFacts(7, 20),
            },
            HeadlineState.Validating,
            "Validating in staging",
            HeadlineTone.Info,
            null,
            PersonClick.ValidateInStaging,
            "7 of 20 staging iterations",
            "when the run has ended"
        ),
        new(
            "validation failed",
            Active(
                Stage.TemplateLibraryOnly,
                Gate(
                    Stage.TemplateLibraryOnly,
                    Verdict.Fail,
                    Recommendation.Investigate,
                    58,
                    Click("staging-validation", "Staging validation", PersonClick.ValidateInStaging) with
                    {
                        Verdict = Verdict.Fail,
                        Actual = "failed",
                    }
                )
            ),
            HeadlineState.WaitsForPerson,
            "Validation failed",
            HeadlineTone.Warning,
            null,
            PersonClick.ValidateInStaging,
            "Staging validation failed",
            "do not change it"
        ),
        new(
            "feedback",
            Active(
                Stage.Primary,
                Waiting(
                    Click("feedback", "User feedback", FeedbackCriterion.Click) with
                    {
                        Verdict = Verdict.Inconclusive,
                    }
                )
            ),
            HeadlineState.WaitsForPerson,
            "Waiting for feedback",
            HeadlineTone.Warning,
            null,
            FeedbackCriterion.Click,
            "only a person",
            "do not change it"
        ),
        new(
            "report",
            Active(
                Stage.Hybrid,
                Waiting(Click("comparison-report", "Comparison report", ComparisonReportCriterion.Click))
            ),
            HeadlineState.WaitsForPerson,
            "Waiting for the report",
            HeadlineTone.Warning,
            null,
            ComparisonReportCriterion.Click,
            "only a person",
            "do not change it"
        ),
        new(
            "sign-off",
            Active(
                Stage.FullProduction,
                Waiting(
                    Click("sign-off", "Business sign-off", SignOffCriterion.Click),
                    Click("feedback", "User feedback", FeedbackCriterion.Click)
                )
            ),
            HeadlineState.WaitsForPerson,
            "Waiting for approval",
            HeadlineTone.Warning,
            null,
            SignOffCriterion.Click,
            "Then: user feedback.",
            "do not change it"
        ),
        new(
            "blocked",
            Active(
                Stage.Hybrid,
                Gate(
                    Stage.Hybrid,
                    Verdict.Fail,
                    Recommendation.Investigate,
                    58,
                    Click("evidence-integrity", "Evidence integrity", IntegrityCriterion.Click) with
                    {
                        Verdict = Verdict.Fail,
                        Actual = "2 open",
                    }
                )
            ) with
            {
                OpenFindings = 3,
                BlockingFindings = 2,
            },
            HeadlineState.Blocked,
            "Blocked by a finding",
            HeadlineTone.Bad,
            null,
            IntegrityCriterion.Click,
            "Evidence integrity: 2 open.",
            "dismiss it with a reason"
        ),
        new(
            "passes",
            Active(Stage.TemplateLibraryOnly, Passing()),
            HeadlineState.GatePasses,
            "Gate passes",
            HeadlineTone.Good,
            null,
            PersonClick.Promote,
            "The gate passes.",
            "promote to stage 3.2"
        ),
        new(
            "passes at last",
            Active(Stage.FullProduction, Passing()),
            HeadlineState.GatePasses,
            "Gate passes",
            HeadlineTone.Good,
            null,
            PersonClick.DeclareSuccessful,
            "The gate passes.",
            "declare the rollout successful"
        ),
        new(
            "fails",
            Active(Stage.Hybrid, Failing(2.4, further: 58) with { Recommendation = Recommendation.Investigate }),
            HeadlineState.GateFails,
            "Gate fails",
            HeadlineTone.Bad,
            null,
            PersonClick.SeeGate,
            "The gate fails.",
            "Investigate"
        ),
        new(
            "halt due",
            Active(Stage.Hybrid, Failing(1.4, further: 58)),
            HeadlineState.GateFails,
            "Gate fails",
            HeadlineTone.Bad,
            null,
            PersonClick.SeeGate,
            "The gate fails.",
            "halts by itself"
        ),
        new(
            "halt resolved",
            Active(Stage.Hybrid, Failing(1.4, further: 58)) with
            {
                HaltResolved = true,
            },
            HeadlineState.GateFails,
            "Gate fails",
            HeadlineTone.Bad,
            null,
            PersonClick.SeeGate,
            "The halt of this attempt was resolved by a person.",
            "judged again"
        ),
        new(
            "error",
            Active(
                Stage.Hybrid,
                Gate(
                    Stage.Hybrid,
                    Verdict.Error,
                    Recommendation.CollectMore,
                    58,
                    One("json-sharpe", "Mean Sharpe", Verdict.Error)
                )
            ),
            HeadlineState.CannotJudge,
            "Cannot judge",
            HeadlineTone.Bad,
            null,
            PersonClick.SeeGate,
            "The gate",
            "marked Error"
        ),
    ];

    public static TheoryData<string> Names => [.. Table.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_EachState_SaysWordToneCountdownAndClick(string name)
    {
        var expected = Array.Find(Table, one => one.Name == name)!;

        var headline = Headline.Of(expected.Facts);

        Assert.Equal(expected.State, headline.State);
        Assert.Equal(expected.Word, headline.Word);
        Assert.Equal(expected.Tone, headline.Tone);
        Assert.Equal(expected.Countdown, headline.FurtherIterations);
        Assert.Equal(expected.Click, headline.Next.Click);
        Assert.Contains(expected.Reason, headline.Reason, StringComparison.Ordinal);
        Assert.Contains(expected.Next, headline.Next.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_OfAllStates_LeavesNoneOut() =>
        Assert.Equal(Enum.GetValues<HeadlineState>().Order(), Table.Select(one => one.State).Distinct().Order());

    [Fact]
    public void Of_EveryCombination_CountsDownOnlyWhileIterationsDecide()
    {
        foreach (var facts in Combinations())
        {
            var headline = Headline.Of(facts);

            Assert.True(
                headline.FurtherIterations is null || headline.State == HeadlineState.Collecting,
                $"{facts.Phase} {facts.Loop} {headline.State} counts down."
            );
            Assert.True(
                facts.Phase != RolloutPhase.Halted || headline.Tone == HeadlineTone.Bad,
                "A halt is never calm."
            );
            Assert.True(
                facts.Phase != RolloutPhase.Halted
                    || facts.JsonOff == JsonOffCause.Stop
                    || headline.Next.Click == PersonClick.ResolveHalt,
                "A halt names its click."
            );
            Assert.Equal(3, headline.Lamps.Count);
        }
    }

    private static IEnumerable<HeadlineFacts> Combinations()
    {
        GateReport[] gates =
        [
            Collecting(58),
            Passing(),
            Failing(1.4, 58),
            Waiting(Click("sign-off", "Business sign-off", SignOffCriterion.Click)),
        ];
        return from phase in Enum.GetValues<RolloutPhase>()
            from stage in Enum.GetValues<Stage>()
            from off in Enum.GetValues<JsonOffCause>()
            from loop in Enum.GetValues<LoopState>()
            from gate in gates
            from resume in Enum.GetValues<ResumeState>()
            select Active(stage, gate) with
            {
                Phase = phase,
                JsonOff = off,
                Loop = loop,
                Resume = resume,
            };
    }

    [Theory]
    [InlineData(0.0, 0, 12, "0 % configured, 0.0 % observed of 12")]
    [InlineData(0.5, 113, 231, "50 % configured, 48.9 % observed of 231")]
    [InlineData(null, 6667, 10000, "configured by source, 66.7 % observed of 10,000")]
    [InlineData(0.8, 0, 0, "80 % configured, no iteration under it yet")]
    public void Share_OfTheConfigurationInForce_SaysBothSides(double? configured, int json, int all, string words) =>
        Assert.Equal(words, new ShareFigures(configured, json, all).Words);

    [Fact]
    public void Lamps_OfAHaltedRolloutWithAlerts_AreThreeAnswers()
    {
        var facts = Active(Stage.Hybrid, Collecting(58)) with
        {
            Phase = RolloutPhase.Halted,
            OpenAlerts = 2,
            WorstAlert = AlertSeverity.Critical,
            OpenFindings = 1,
            BlockingFindings = 0,
        };

        var lamps = Headline.Of(facts).Lamps;

        Assert.Equal(
            [
                "Health alarmed 2 alerts open",
                "Evidence doubtful 1 finding open",
                "Promotion locked 0 of 1 criteria met",
            ],
            lamps.Select(lamp => $"{lamp.Name} {lamp.Word} {lamp.Number}")
        );
    }

    private static HeadlineFacts Active(Stage stage, GateReport gate) =>
        new()
        {
            Phase = RolloutPhase.Active,
            Stage = stage,
            Gate = gate with { Stage = stage },
            BlockingFindings = 0,
        };

    private static HeadlineFacts RolledBack(ResumeState resume) =>
        Active(Stage.Hybrid, Collecting(58)) with
        {
            Phase = RolloutPhase.RolledBack,
            PhaseReason = "Success fell to 46 %",
            JsonOff = JsonOffCause.Stop,
            JsonOffReason = "json_mode_enabled is false",
            Resume = resume,
        };

    private static ProcedureView Gradual() =>
        new(
            Procedure.Gradual,
            ProcedureState.Running,
            "olga",
            "Success falls",
            Now,
            0.5,
            Now.AddMinutes(15),
            null,
            null,
            null,
            null,
            TimeSpan.FromHours(1),
            [new ProcedureStep("Share to 50 %", "done", Now, "Watching.")]
        );

    private static GateReport Passing() =>
        Gate(
            Stage.Hybrid,
            Verdict.Pass,
            Recommendation.Proceed,
            null,
            One("json-success", "JSON success rate", Verdict.Pass)
        );

    private static GateReport Failing(double ratio, long further) =>
        Gate(
            Stage.Hybrid,
            Verdict.Fail,
            Recommendation.Halt,
            further,
            One(SuccessRatioCriterion.Key, "Success ratio JSON : full code", Verdict.Fail) with
            {
                Value = ratio,
                TargetValue = 3,
            }
        );

    private static GateReport Collecting(long further, params CriterionResult[] others) =>
        Gate(
            Stage.Hybrid,
            Verdict.Inconclusive,
            Recommendation.CollectMore,
            further,
            [
                One(IterationsCriterion.Key, "Iterations", Verdict.Inconclusive) with
                {
                    Value = 1042,
                    TargetValue = 1100,
                },
                .. others,
            ]
        );

    private static GateReport Waiting(params CriterionResult[] missing) =>
        Gate(
            Stage.Hybrid,
            missing[0].Verdict,
            Recommendation.CollectMore,
            58,
            [One("json-success", "JSON success rate", Verdict.Pass), .. missing]
        );

    private static GateReport Gate(
        Stage stage,
        Verdict verdict,
        Recommendation decision,
        long? further,
        params CriterionResult[] criteria
    ) =>
        new(
            stage,
            verdict,
            decision,
            verdict == Verdict.Pass ? "The gate passes." : "The gate fails.",
            further,
            criteria,
            1,
            Now
        );

    private static CriterionResult Click(string key, string name, PersonClick click) =>
        One(key, name, Verdict.NotMeasured) with
        {
            Click = click,
            Explanation = $"{name} is missing.",
        };

    private static CriterionResult One(string key, string name, Verdict verdict) =>
        new(key, name, verdict, "", "", null, null, null, 0, null, null, null, null, "");
}
