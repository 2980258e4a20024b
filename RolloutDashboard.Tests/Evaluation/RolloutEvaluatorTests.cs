using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using static RolloutDashboard.Tests.Gates.EvidenceRows;

namespace RolloutDashboard.Tests.Evaluation;

public sealed class RolloutEvaluatorTests
{
    private static RolloutInputs Inputs(params EvidenceRow[] rows)
    {
        var gate = Healthy(Stage.Hybrid, rows) with { Now = Start.AddHours(20) };
        var alert = new AlertInputs
        {
            Now = gate.Now,
            ResumedAt = Start,
            Rows = rows,
            OpenBlockingFindings = 0,
            ConfiguredShare = 0.5,
        };
        return new RolloutInputs(GateDefinition.Default, gate, alert, new AlertThresholds(), [], JsonEnabled: true);
    }

    private static RolloutInputs At(RolloutInputs inputs, double minutes, IReadOnlyList<RuleState> states) =>
        inputs with
        {
            Alerts = states,
            Alert = inputs.Alert with { Now = Start.AddHours(20).AddMinutes(minutes) },
        };

    [Fact]
    public void Evaluate_JsonBelowHalf_MakesARollbackDueAtOnceAndOnlyOneEvent()
    {
        var inputs = Inputs(Arm(GenerationMode.Json, 8, 14));

        var first = RolloutEvaluator.Evaluate(inputs);
        var second = RolloutEvaluator.Evaluate(At(inputs, 1, first.Alerts));

        Assert.Contains(first.Due, step => step is { Action: DueAction.ImmediateRollback, Rule: "success-critical" });
        Assert.Contains(first.Events, told => told is { Rule: "success-critical", Phase: AlertPhase.Firing });
        Assert.DoesNotContain(second.Events, told => told.Rule == "success-critical");
        Assert.Contains(second.Due, step => step.Action == DueAction.ImmediateRollback);
    }

    [Fact]
    public void Evaluate_JsonAlreadyOff_MakesNoRollbackDue()
    {
        var assessment = RolloutEvaluator.Evaluate(
            Inputs(Arm(GenerationMode.Json, 8, 14)) with
            {
                JsonEnabled = false,
            }
        );

        Assert.DoesNotContain(assessment.Due, step => step.Action == DueAction.ImmediateRollback);
    }

    [Fact]
    public void Evaluate_Warning_PendsThenFiresThenResolvesBeyondTheMargin()
    {
        var bad = Inputs(Arm(GenerationMode.Json, 13, 9));
        var pending = RolloutEvaluator.Evaluate(bad);
        var firing = RolloutEvaluator.Evaluate(At(bad, 1, pending.Alerts));
        var margin = Inputs(Arm(GenerationMode.Json, 16, 6));
        var still = RolloutEvaluator.Evaluate(At(margin, 2, firing.Alerts));
        var resolved = RolloutEvaluator.Evaluate(At(Inputs(Arm(GenerationMode.Json, 20, 2)), 3, still.Alerts));

        Assert.Equal(AlertPhase.Pending, Phase(pending));
        Assert.Equal(AlertPhase.Firing, Phase(firing));
        Assert.Equal(AlertPhase.Firing, Phase(still));
        Assert.Equal(AlertPhase.Resolved, Phase(resolved));
        Assert.DoesNotContain(pending.Events, told => told.Rule == "success-warning");
        Assert.Single(firing.Events, told => told.Rule == "success-warning");
        Assert.Single(resolved.Events, told => told is { Rule: "success-warning", Phase: AlertPhase.Resolved });
    }

    [Fact]
    public void Evaluate_AfterResume_EndsTheOldAlertWithoutANewRollback()
    {
        var inputs = Inputs(Arm(GenerationMode.Json, 8, 14));
        var fired = RolloutEvaluator.Evaluate(inputs);
        var resumed = At(inputs, 10, fired.Alerts) with { };
        resumed = resumed with { Alert = resumed.Alert with { ResumedAt = Start.AddHours(20).AddMinutes(5) } };

        var after = RolloutEvaluator.Evaluate(resumed);

        Assert.Equal(AlertPhase.Resolved, after.Alerts.Single(state => state.Rule == "success-critical").Phase);
        Assert.DoesNotContain(after.Due, step => step.Action == DueAction.ImmediateRollback);
    }

    [Fact]
    public void Evaluate_Silenced_IsRecordedAndStillActs()
    {
        var inputs = Inputs(Arm(GenerationMode.Json, 8, 14));
        var silenced = new RuleState(
            "success-critical",
            AlertPhase.Inactive,
            AlertSeverity.Critical,
            "",
            Start,
            SilencedUntil: Start.AddDays(2)
        );

        var assessment = RolloutEvaluator.Evaluate(inputs with { Alerts = [silenced] });

        Assert.True(assessment.Events.Single(told => told.Rule == "success-critical").IsSilenced);
        Assert.Contains(assessment.Due, step => step.Action == DueAction.ImmediateRollback);
    }

    [Fact]
    public void Evaluate_RatioBelowTwo_HaltsUntilResolved()
    {
        EvidenceRow[] rows = [.. Arm(GenerationMode.Json, 80, 20), .. Arm(GenerationMode.FullCode, 45, 55, first: 2)];
        var inputs = Inputs(rows);

        Assert.Contains(RolloutEvaluator.Evaluate(inputs).Due, step => step.Action == DueAction.LockPromotion);
        Assert.DoesNotContain(RolloutEvaluator.Evaluate(inputs with { HaltResolved = true }).Due, step =>
            step.Action == DueAction.LockPromotion
        );
    }

    [Fact]
    public void ArmFigures_AgreeWithTheGate()
    {
        EvidenceRow[] rows = [.. Arm(GenerationMode.Json, 83, 17), .. Arm(GenerationMode.FullCode, 25, 75, first: 2)];

        var gate = GateEvaluator.Evaluate(GateDefinition.Default, Healthy(Stage.Hybrid, rows));
        var arm = ArmFigures.Summarise(rows, GenerationMode.Json);
        var comparison = ArmFigures.Compare(rows, Stage.Hybrid);

        var success = gate.Criteria.Single(one => one.Key == JsonSuccessCriterion.Key);
        Assert.Equal(
            (success.Value, success.Interval, success.N),
            (arm.SuccessRate, arm.SuccessInterval, arm.Finished)
        );
        Assert.Equal(gate.Criteria.Single(one => one.Key == SuccessRatioCriterion.Key).Value, comparison.Ratio);
        Assert.False(ArmFigures.Compare(rows, Stage.TemplateLibraryOnly).IsComparable);
    }

    private static AlertPhase Phase(RolloutAssessment assessment) =>
        assessment.Alerts.Single(state => state.Rule == "success-warning").Phase;
}
