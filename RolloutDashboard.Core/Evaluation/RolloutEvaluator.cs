using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>Judges gate and alert rules together. Pure: the same inputs always give the same assessment.</summary>
public static class RolloutEvaluator
{
    public static RolloutAssessment Evaluate(RolloutInputs inputs) =>
        Evaluate(inputs, AlertRuleList.All, CriterionList.All);

    /// <summary>The same by given rules and criteria. What throws is a state of its own that alerts; see
    /// <see cref="JudgementFaults"/>.</summary>
    public static RolloutAssessment Evaluate(
        RolloutInputs inputs,
        IReadOnlyList<IAlertRule> rules,
        IReadOnlyList<IGateCriterion> criteria
    )
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Evaluate(inputs, rules, GateEvaluator.Evaluate(inputs.Gates, inputs.Gate, criteria));
    }

    /// <summary>The same over a gate that was judged already, by the same inputs.</summary>
    public static RolloutAssessment Evaluate(RolloutInputs inputs, IReadOnlyList<IAlertRule> rules, GateReport gate)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(gate);
        var alertInputs = inputs.Alert with
        {
            GateRecommendation =
                inputs.HaltResolved && gate.Recommendation == Recommendation.Halt
                    ? Recommendation.CollectMore
                    : gate.Recommendation,
            GateSummary = gate.Summary,
        };
        var faults = new JudgementFaults(inputs.Alerts, alertInputs.Now);
        var (states, events, due) = JudgeRules(rules, inputs with { Alert = alertInputs }, faults);
        foreach (var criterion in gate.Criteria)
        {
            faults.Look(criterion);
        }

        faults.EndOthers();
        return new RolloutAssessment(gate, [.. states, .. faults.States], [.. events, .. faults.Events], due);
    }

    private static (List<RuleState> States, List<AlertEvent> Events, List<DueStep> Due) JudgeRules(
        IReadOnlyList<IAlertRule> rules,
        RolloutInputs inputs,
        JudgementFaults faults
    )
    {
        var (states, events, due) = (new List<RuleState>(), new List<AlertEvent>(), new List<DueStep>());
        foreach (var rule in rules)
        {
            var reading = Read(rule, inputs.Alert, inputs.Thresholds);
            var (state, told) = Advance(rule, reading, inputs);
            if (state.Phase != AlertPhase.Inactive || inputs.Alerts.Any(known => known.Rule == rule.Key))
            {
                states.Add(state);
            }

            if (told is not null)
            {
                events.Add(told);
            }

            if (
                state.Phase == AlertPhase.Firing
                && reading.Condition == AlertCondition.Breached
                && IsDue(rule.Action, inputs.JsonEnabled)
            )
            {
                due.Add(new DueStep(rule.Action, rule.Key, reading.Text));
            }

            if (faults.Look(rule, reading.Fault) && IsDue(rule.Action, inputs.JsonEnabled))
            {
                due.Add(faults.GuardLost(rule, reading.Fault!));
            }
        }

        return (states, events, due);
    }

    private static (RuleState State, AlertEvent? Event) Advance(
        IAlertRule rule,
        RuleReading reading,
        RolloutInputs inputs
    ) =>
        AlertTransitions.Advance(
            inputs.Alerts.FirstOrDefault(known => known.Rule == rule.Key),
            rule,
            reading,
            inputs.Alert.Now,
            inputs.Alert.ResumedAt,
            AlertRuleList.PendingTime(rule, inputs.Thresholds)
        );

    // One rule that fails must not keep the others, and the rollback they may call for, from being judged.
#pragma warning disable CA1031
    private static RuleReading Read(IAlertRule rule, AlertInputs inputs, AlertThresholds thresholds)
    {
        try
        {
            var reading = rule.Read(inputs, thresholds);

            // A number that is none compares as false with every limit, so the rule would never fire.
            return reading.Value is { } value && !double.IsFinite(value)
                ? reading with
                {
                    Condition = AlertCondition.Unknown,
                    Fault = "its value is not a finite number.",
                }
                : reading;
        }
        catch (Exception exception)
        {
            return new RuleReading(AlertCondition.Unknown, $"The rule could not be evaluated: {exception.Message}")
            {
                Fault = $"{exception.GetType().Name}: {exception.Message}",
            };
        }
    }
#pragma warning restore CA1031

    private static bool IsDue(DueAction action, bool jsonEnabled) =>
        action switch
        {
            DueAction.None => false,
            DueAction.ImmediateRollback => jsonEnabled,
            _ => true,
        };
}
