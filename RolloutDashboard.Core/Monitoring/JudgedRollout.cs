using System.Text.Json;
using System.Text.Json.Serialization;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>Everything that a live assessment was made from, but for the iterations, of which it says what it saw.</summary>
/// <param name="Alert">Without its rows.</param>
/// <param name="Alerts">States before the assessment.</param>
/// <param name="Before">Iterations before the attempt that the alerts' windows saw; null for none.</param>
public sealed record JudgedRollout(JudgedGate Gate, AlertInputs Alert, AlertThresholds Thresholds, IReadOnlyList<RuleState> Alerts, bool JsonEnabled, bool HaltResolved, JudgedBefore? Before = null)
{
    public static JudgedRollout Of(int attempt, RolloutInputs inputs) => new(
        JudgedGate.Of(inputs.Gates.Version, attempt, inputs.Gate), inputs.Alert with { Rows = [], Before = [] }, inputs.Thresholds, inputs.Alerts, inputs.JsonEnabled, inputs.HaltResolved, JudgedBefore.Of(inputs.Alert.Before));

    /// <summary>The inputs again.</summary>
    /// <param name="gates">The definition of the recorded version, or another one to try.</param>
    /// <param name="gate">The gate's inputs with their rows.</param>
    /// <param name="others">Production iterations of all other attempts.</param>
    public RolloutInputs With(GateDefinition gates, GateInputs gate, IEnumerable<EvidenceRow> others) => new(gates, gate, Alert with { Rows = gate.Rows, Before = Before?.AsSeen(others) ?? [] }, Thresholds, Alerts, JsonEnabled, HaltResolved);
}

/// <summary>What an assessment said, in few words; two that are equal gave the same verdicts and called for the same actions.</summary>
public sealed record JudgedOutcome(
    string Verdict,
    string Decision,
    string Summary,
    IReadOnlyDictionary<string, string> Criteria,
    IReadOnlyDictionary<string, string> Alerts,
    IReadOnlyList<string> Due)
{
    public static JudgedOutcome Of(RolloutAssessment assessment) => new(
        assessment.Gate.Verdict.ToString(),
        assessment.Gate.Decision.ToString(),
        assessment.Gate.Summary,
        assessment.Gate.Criteria.ToDictionary(criterion => criterion.Key, criterion => criterion.Verdict.ToString()),
        assessment.Alerts.ToDictionary(alert => alert.Rule, alert => alert.Phase.ToString()),
        [.. assessment.Due.Select(step => $"{step.Rule}: {step.Action}")]);

    /// <summary>Whether a rule or criterion could not be evaluated.</summary>
    [JsonIgnore]
    public bool HasFaults => Alerts.Any(alert => alert.Key.StartsWith(AlertNames.Fault, StringComparison.Ordinal) && alert.Value is (nameof(AlertPhase.Pending) or nameof(AlertPhase.Firing)));

    /// <summary>Verdicts, alerts and actions in one line; the figures in the summary are left out.</summary>
    public string Signature() => string.Join(
        '|', Verdict, Decision, string.Join(',', Criteria.Select(pair => $"{pair.Key}={pair.Value}")), string.Join(',', Alerts.Select(pair => $"{pair.Key}={pair.Value}")), string.Join(',', Due));

    public string ToJson() => JsonSerializer.Serialize(this, JudgedGate.Json);
}
