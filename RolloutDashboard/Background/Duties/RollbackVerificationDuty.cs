using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Background.Duties;

/// <summary>Follows a rollback from its stop to its verification.</summary>
public sealed class RollbackVerificationDuty(
    IDbContextFactory<RolloutDb> databases,
    StopJson stopJson,
    VerifyRollback verifyRollback,
    LoopWorkers workers,
    LoopBackoff backoff
) : IDuty
{
    public FaultSource Source { get; } =
        FaultSources.Duty("rollback", "Following a rollback to its end", AlertSeverity.Critical);

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    public bool IsOfLeader => true;

    public bool FollowsCommands => true;

    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await stopJson.CatchUpAsync(RolloutEnvironment.Production, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rollout = await db.CurrentRolloutAsync(cancellationToken);
        var waitsFor = rollout.DesiredLoopState switch
        {
            DesiredLoopState.Paused => "the loop is paused; start it to verify",
            DesiredLoopState.Stopped => "the loop is stopped; start it to verify",
            _ => backoff.WaitsFor,
        };
        await verifyRollback.ExecuteAsync(workers.Count, workers.RestartedAt, waitsFor, cancellationToken);
        return true;
    }
}
