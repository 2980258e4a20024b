using System.Text.Json;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Alerts.Rules;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Background.Duties;

/// <summary>
/// Evaluates gates and alert rules and carries out what is due. An evaluation that fails alerts by a path of its own
/// (<see cref="Core.Evaluation.Alerting.AlertOnEvaluationFailure"/>), and stops JSON where its guards are lost.
/// </summary>
public sealed class EvaluationDuty(
    EvaluateRollout evaluateRollout,
    StopJson stopJson,
    HaltPromotion haltPromotion,
    JudgementHealth health,
    JsonKillSwitch jsonSwitch
) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("evaluation", "Evaluating gates and alert rules", AlertSeverity.Critical);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    public bool IsOfLeader => true;

    public bool FollowsCommands => true;

    public bool AlertsByItself => true;

    public void Rest(string databaseClosedBecause) => health.Pauses();

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        health.Begins();
        try
        {
            await evaluateRollout.ExecuteAsync(ActAsync, cancellationToken);
            health.Succeeded();
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            health.Failed($"{exception.GetType().Name}: {exception.Message}", StorageTrouble.IsDatabase(exception));
            await StopUnguardedAsync();
            throw;
        }
    }

    // JSON goes on only while its guards watch; once it is off, a latch says so and nothing is stopped again.
    private async Task StopUnguardedAsync()
    {
        if (health.GuardsLost is { } lost && jsonSwitch.Allows)
        {
            await stopJson.ExecuteAsync(
                new StopJsonRequest(
                    "immediate",
                    "system",
                    $"Nobody watches over JSON mode. {lost}",
                    new { Rule = AlertNames.JudgementFails, lost }
                )
            );
        }
    }

    private async Task ActAsync(DueStep step, RolloutEvaluation judged, CancellationToken cancellationToken)
    {
        if (step.Action == DueAction.ImmediateRollback)
        {
            await stopJson.ExecuteAsync(
                new StopJsonRequest(
                    step.Rule == CrashRule.Key ? "emergency" : "immediate",
                    "system",
                    step.Reason,
                    new
                    {
                        Action = step.Action.ToString(),
                        step.Rule,
                        step.Reason,
                        judged = JsonSerializer.SerializeToElement(judged, GateInputSnapshot.Json),
                    }
                )
            );
        }
        else if (step.Action == DueAction.LockPromotion)
        {
            await haltPromotion.ExecuteAsync(cancellationToken);
        }
    }
}
