using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;
using static RolloutDashboard.Tests.Gates.EvidenceRows;

namespace RolloutDashboard.Tests.Evaluation.Alerting;

/// <summary>What one judgement can't evaluate: pure.</summary>
public sealed class JudgementFaultsTests
{
    private const string Guard = "fault:rule:success-critical";
    private static readonly IReadOnlyList<IGateCriterion> AllCriteria = CriterionList.All;

    [Fact]
    public void Evaluate_GuardThrowsTwice_AlertsCriticallyAndMakesTheRollbackDue()
    {
        var rule = ThrowingRule.Of("success-critical");

        var first = Judge(rule, 0, []);
        var second = Judge(rule, 2, first.Alerts);

        Assert.DoesNotContain(first.Due, step => step.Action == DueAction.ImmediateRollback);
        var state = second.Alerts.Single(one => one.Rule == Guard);
        Assert.Equal((AlertPhase.Firing, AlertSeverity.Critical), (state.Phase, state.Severity));
        Assert.Contains("InvalidOperationException: planted", state.Text, StringComparison.Ordinal);
        Assert.Single(second.Events, told => told.Rule == Guard);
        Assert.Contains(second.Due, step =>
            step is { Action: DueAction.ImmediateRollback, Rule: Guard }
            && step.Reason.Contains("guards JSON mode", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Evaluate_GuardThrowsWithJsonOff_AlertsAndRollsNothingBack()
    {
        var rule = ThrowingRule.Of("success-critical");
        var off = Inputs(2, Judge(rule, 0, []).Alerts) with { JsonEnabled = false };

        var second = RolloutEvaluator.Evaluate(off, rule.AmongAll(), AllCriteria);

        Assert.Equal(AlertPhase.Firing, second.Alerts.Single(one => one.Rule == Guard).Phase);
        Assert.DoesNotContain(second.Due, step => step.Action == DueAction.ImmediateRollback);
    }

    /// <summary>Successes in between hide no steady fault.</summary>
    [Fact]
    public void Evaluate_GuardThrowsEverySecondTime_AlertsAllTheSame()
    {
        var rule = ThrowingRule.Of("success-critical");
        IReadOnlyList<RuleState> states = [];
        var told = new List<AlertEvent>();
        for (var turn = 0; turn < 60; turn++)
        {
            rule.Throws = turn % 2 == 0;
            var judged = Judge(rule, turn * 2, states);
            states = judged.Alerts;
            told.AddRange(judged.Events.Where(one => one.Rule == Guard));
        }

        Assert.Equal(AlertPhase.Firing, Assert.Single(told).Phase);
    }

    [Fact]
    public void Evaluate_GuardWorksAgain_EndsTheAlertOnceNothingFailedForAWhile()
    {
        var rule = ThrowingRule.Of("success-critical");
        var firing = Judge(rule, 2, Judge(rule, 0, []).Alerts);
        rule.Throws = false;

        var early = Judge(rule, 10, firing.Alerts);
        var over = Judge(rule, 40, early.Alerts);

        Assert.DoesNotContain(early.Events, told => told.Rule == Guard);
        Assert.Equal(AlertPhase.Resolved, Assert.Single(over.Events, told => told.Rule == Guard).Phase);
    }

    [Fact]
    public void Evaluate_RuleOfAnEarlierRelease_EndsItsAlert()
    {
        var gone = new RuleState("fault:rule:of-old", AlertPhase.Firing, AlertSeverity.Critical, "old", Start, Start);

        var judged = RolloutEvaluator.Evaluate(Inputs(0, [gone]));

        Assert.Equal(AlertPhase.Resolved, Assert.Single(judged.Events, told => told.Rule == gone.Rule).Phase);
    }

    [Fact]
    public void Evaluate_ThrowingRuleWithAnAlertOfItsOwn_LeavesThatAlertAsItIs()
    {
        var pending = new RuleState("success-warning", AlertPhase.Pending, AlertSeverity.Warning, "61 %", Start);

        var judged = Judge(ThrowingRule.Of("success-warning"), 0, [pending]);

        Assert.Equal(pending, judged.Alerts.Single(state => state.Rule == pending.Rule));
    }

    [Fact]
    public void Evaluate_ValueThatIsNoNumber_IsAFaultAndNoClearance()
    {
        var rule = new NotANumber();
        IAlertRule[] rules = [rule];

        var first = RolloutEvaluator.Evaluate(Inputs(0, []), rules, AllCriteria);
        var second = RolloutEvaluator.Evaluate(Inputs(20, first.Alerts), rules, AllCriteria);

        Assert.Equal(AlertPhase.Firing, second.Alerts.Single(state => state.Rule == "fault:rule:not-a-number").Phase);
    }

    [Fact]
    public void Evaluate_CriterionThrows_IsAnErrorThatAlertsAndEnds()
    {
        IGateCriterion[] criteria =
        [
            .. CriterionList.All.Select(one => one.Key == JsonSuccessCriterion.Key ? new ThrowingCriterion(one) : one),
        ];
        const string Alert = $"fault:criterion:{JsonSuccessCriterion.Key}";

        var first = RolloutEvaluator.Evaluate(Inputs(0, []), AlertRuleList.All, criteria);
        var second = RolloutEvaluator.Evaluate(Inputs(20, first.Alerts), AlertRuleList.All, criteria);
        var mended = RolloutEvaluator.Evaluate(Inputs(90, second.Alerts));

        Assert.Equal(Verdict.Error, first.Gate.Criteria.Single(one => one.Key == JsonSuccessCriterion.Key).Verdict);
        Assert.NotEqual(Verdict.Pass, first.Gate.Verdict);
        var told = Assert.Single(second.Events, one => one.Rule == Alert);
        Assert.Equal((AlertPhase.Firing, AlertSeverity.Warning), (told.Phase, told.Severity));
        Assert.Contains("InvalidOperationException: planted", told.Text, StringComparison.Ordinal);
        Assert.Equal(AlertPhase.Resolved, Assert.Single(mended.Events, one => one.Rule == Alert).Phase);
    }

    private static RolloutAssessment Judge(ThrowingRule rule, double seconds, IReadOnlyList<RuleState> states) =>
        RolloutEvaluator.Evaluate(Inputs(seconds, states), rule.AmongAll(), AllCriteria);

    private static RolloutInputs Inputs(double seconds, IReadOnlyList<RuleState> states)
    {
        var rows = Arm(GenerationMode.Json, 20, 2);
        var now = Start.AddHours(20).AddSeconds(seconds);
        var gate = Healthy(Stage.Hybrid, rows) with { Now = now };
        var alert = new AlertInputs
        {
            Now = now,
            ResumedAt = Start,
            Rows = rows,
            OpenBlockingFindings = 0,
            ConfiguredShare = 0.5,
        };
        return new RolloutInputs(GateDefinition.Default, gate, alert, new AlertThresholds(), states, JsonEnabled: true);
    }

    private sealed class NotANumber : IAlertRule
    {
        public string Key => "not-a-number";

        public string Name => "Not a number";

        public string Summary => "";

        public AlertSeverity Severity => AlertSeverity.Warning;

        public DueAction Action => DueAction.None;

        public RuleReading Read(AlertInputs inputs, AlertThresholds thresholds) =>
            new(AlertCondition.Clear, "Not below the limit.", double.NaN, 0.5);
    }

    private sealed class ThrowingCriterion(IGateCriterion inner) : IGateCriterion
    {
        public string Key => inner.Key;

        public string Name => inner.Name;

        public string Summary => inner.Summary;

        public GatePhase Phase => inner.Phase;

        public Core.Gates.CriterionResult Evaluate(CriterionDefinition definition, GateEvidence evidence) =>
            throw new InvalidOperationException("planted");
    }
}
