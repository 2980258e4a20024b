using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>Tells people that the rollout is not being evaluated, in a loop that does not wait for the
/// evaluation.</summary>
public sealed class EvaluationAlertDuty(AlertOnEvaluationFailure alertOnEvaluationFailure) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("evaluation-alert", "Storing the alert on evaluation", AlertSeverity.Critical);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public bool IsOfLeader => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await alertOnEvaluationFailure.ExecuteAsync(cancellationToken);
        return true;
    }
}
