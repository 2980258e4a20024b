using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Monitoring.Faults;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>What an assessment needs: records' summary, configuration and clock, all as values.</summary>
/// <param name="Alerts">States of the last assessment, at most one per rule.</param>
/// <param name="JsonEnabled">Whether JSON may be assigned now; without it no rollback is due.</param>
/// <param name="HaltResolved">A person resolved the halt of this attempt with a reason.</param>
public sealed record RolloutInputs(
    GateDefinition Gates,
    GateInputs Gate,
    AlertInputs Alert,
    AlertThresholds Thresholds,
    IReadOnlyList<RuleState> Alerts,
    bool JsonEnabled,
    bool HaltResolved = false);

/// <summary>An action that is due, and the rule and sentence behind it.</summary>
public sealed record DueStep(DueAction Action, string Rule, string Reason);

/// <summary>Verdicts, alerts and due actions of one moment; a shell carries the actions out.</summary>
/// <param name="Alerts">Next states, to be stored.</param>
/// <param name="Events">Transitions that people must be told.</param>
/// <param name="Due">Level-based, so that a shell that died before acting finds the action again.</param>
public sealed record RolloutAssessment(GateReport Gate, IReadOnlyList<RuleState> Alerts, IReadOnlyList<AlertEvent> Events, IReadOnlyList<DueStep> Due);

/// <summary>Judges gate and alert rules together. Pure: the same inputs always give the same assessment.</summary>
public static class RolloutEvaluator
{
    public static RolloutAssessment Evaluate(RolloutInputs inputs) => Evaluate(inputs, AlertRuleList.All, GateEvaluator.Criteria);

    /// <summary>The same by given rules and criteria. What throws is a state of its own that alerts; see <see cref="JudgementFaults"/>.</summary>
    public static RolloutAssessment Evaluate(RolloutInputs inputs, IReadOnlyList<IAlertRule> rules, IReadOnlyList<IGateCriterion> criteria)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(rules);
        var gate = GateEvaluator.Evaluate(inputs.Gates, inputs.Gate, criteria);
        var alertInputs = inputs.Alert with
        {
            GateDecision = inputs.HaltResolved && gate.Decision == Decision.Halt ? Decision.CollectMore : gate.Decision,
            GateSummary = gate.Summary,
        };
        var states = new List<RuleState>();
        var events = new List<AlertEvent>();
        var due = new List<DueStep>();
        var faults = new JudgementFaults(inputs.Alerts, alertInputs.Now);
        foreach (var rule in rules)
        {
            var reading = Read(rule, alertInputs, inputs.Thresholds);
            var (state, told) = AlertTransitions.Advance(
                inputs.Alerts.FirstOrDefault(known => known.Rule == rule.Key),
                rule,
                reading,
                alertInputs.Now,
                alertInputs.ResumedAt,
                AlertRuleList.PendingTime(rule, inputs.Thresholds));
            if (state.Phase != AlertPhase.Inactive || inputs.Alerts.Any(known => known.Rule == rule.Key))
            {
                states.Add(state);
            }

            if (told is not null)
            {
                events.Add(told);
            }

            if (state.Phase == AlertPhase.Firing && reading.Condition == AlertCondition.Breached && IsDue(rule.Action, inputs.JsonEnabled))
            {
                due.Add(new DueStep(rule.Action, rule.Key, reading.Text));
            }

            if (faults.Look(rule, reading.Fault) && IsDue(rule.Action, inputs.JsonEnabled))
            {
                due.Add(faults.GuardLost(rule, reading.Fault!));
            }
        }

        foreach (var criterion in gate.Criteria)
        {
            faults.Look(criterion);
        }

        faults.EndOthers();
        return new RolloutAssessment(gate, [.. states, .. faults.States], [.. events, .. faults.Events], due);
    }

#pragma warning disable CA1031 // One rule that fails must not keep the others, and the rollback they may call for, from being judged.
    private static RuleReading Read(IAlertRule rule, AlertInputs inputs, AlertThresholds thresholds)
    {
        try
        {
            var reading = rule.Read(inputs, thresholds);

            // A number that is none compares as false with every limit, so the rule would never fire.
            return reading.Value is { } value && !double.IsFinite(value)
                ? reading with { Condition = AlertCondition.Unknown, Fault = "its value is not a finite number." }
                : reading;
        }
        catch (Exception exception)
        {
            return new RuleReading(AlertCondition.Unknown, $"The rule could not be evaluated: {exception.Message}") { Fault = $"{exception.GetType().Name}: {exception.Message}" };
        }
    }
#pragma warning restore CA1031

    private static bool IsDue(DueAction action, bool jsonEnabled) => action switch
    {
        DueAction.None => false,
        DueAction.ImmediateRollback => jsonEnabled,
        _ => true,
    };
}
