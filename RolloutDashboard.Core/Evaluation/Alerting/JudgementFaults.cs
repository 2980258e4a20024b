using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Alerting;

/// <summary>
/// What one judgement could not evaluate, as states that alert. A rule whose action is the rollback guards JSON mode:
/// while it can't be evaluated nobody would notice that JSON fails, so that JSON is stopped, as when the rule is
/// breached.
/// </summary>
/// <param name="before">States of the last judgement.</param>
internal sealed class JudgementFaults(IReadOnlyList<RuleState> before, DateTimeOffset now)
{
    private readonly Dictionary<string, RuleState> _before = before
        .Where(IsOurs)
        .ToDictionary(state => state.Rule, StringComparer.Ordinal);

    /// <summary>Next states, to be stored.</summary>
    public List<RuleState> States { get; } = [];

    /// <summary>Transitions that people must be told.</summary>
    public List<AlertEvent> Events { get; } = [];

    /// <param name="fault">Why the rule could not be evaluated; null where it was.</param>
    /// <returns>Whether it can't be evaluated now, and has not been for longer than may pass by itself.</returns>
    public bool Look(IAlertRule rule, string? fault) => Look(FaultSources.Of(rule), fault);

    public void Look(CriterionResult criterion)
    {
        if (criterion.Fault is not null || _before.Count > 0)
        {
            Look(FaultSources.Of(criterion), criterion.Fault);
        }
    }

    /// <summary>Ends what was not looked at: rules and criteria that the rollout is no longer judged by.</summary>
    public void EndOthers()
    {
        foreach (var known in _before.Values)
        {
            Keep(FaultTransitions.End(known, now));
        }
    }

    /// <summary>What is due when a rule that acts can't be evaluated.</summary>
    public DueStep GuardLost(IAlertRule rule, string fault) =>
        new(
            rule.Action,
            FaultSource.KeyOf(FaultKind.Rule, rule.Key),
            $"{FaultSources.Of(rule).Title} guards JSON mode and can't be evaluated: {fault}"
        );

    private bool Look(FaultSource source, string? fault)
    {
        if (!_before.Remove(source.Key, out var known) && fault is null)
        {
            return false;
        }

        var (state, told) = FaultTransitions.Advance(known, source, fault, now);
        Keep((state, told));
        return fault is not null && state?.Phase == AlertPhase.Firing;
    }

    private void Keep((RuleState? State, AlertEvent? Event) next)
    {
        if (next.State is { } state)
        {
            States.Add(state);
        }

        if (next.Event is { } told)
        {
            Events.Add(told);
        }
    }

    private static bool IsOurs(RuleState state) =>
        state.Rule.StartsWith(FaultSource.PrefixOf(FaultKind.Rule), StringComparison.Ordinal)
        || state.Rule.StartsWith(FaultSource.PrefixOf(FaultKind.Criterion), StringComparison.Ordinal);
}
