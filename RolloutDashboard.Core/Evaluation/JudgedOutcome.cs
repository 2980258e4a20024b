using System.Text.Json;
using System.Text.Json.Serialization;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation;

/// <summary>What an assessment said, in few words; two that are equal gave the same verdicts and called for the same
/// actions.</summary>
public sealed record JudgedOutcome(
    string Verdict,
    string Decision,
    string Summary,
    IReadOnlyDictionary<string, string> Criteria,
    IReadOnlyDictionary<string, string> Alerts,
    IReadOnlyList<string> Due
)
{
    public static JudgedOutcome Of(RolloutAssessment assessment) =>
        new(
            assessment.Gate.Verdict.ToString(),
            assessment.Gate.Recommendation.ToString(),
            assessment.Gate.Summary,
            assessment.Gate.Criteria.ToDictionary(
                criterion => criterion.Key,
                criterion => criterion.Verdict.ToString()
            ),
            assessment.Alerts.ToDictionary(alert => alert.Rule, alert => alert.Phase.ToString()),
            [.. assessment.Due.Select(step => $"{step.Rule}: {step.Action}")]
        );

    /// <summary>Whether a rule or criterion could not be evaluated.</summary>
    [JsonIgnore]
    public bool HasFaults =>
        Alerts.Any(alert =>
            alert.Key.StartsWith(AlertNames.Fault, StringComparison.Ordinal)
            && alert.Value is (nameof(AlertPhase.Pending) or nameof(AlertPhase.Firing))
        );

    /// <summary>Verdicts, alerts and actions in one line; the figures in the summary are left out.</summary>
    public string Signature() =>
        string.Join(
            '|',
            Verdict,
            Decision,
            string.Join(',', Criteria.Select(pair => $"{pair.Key}={pair.Value}")),
            string.Join(',', Alerts.Select(pair => $"{pair.Key}={pair.Value}")),
            string.Join(',', Due)
        );

    public string ToJson() => JsonSerializer.Serialize(this, GateInputSnapshot.Json);
}
