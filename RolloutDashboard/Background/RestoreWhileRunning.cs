using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Jobs;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Background;

/// <summary>Restores under a running server and brings the process in line with what came back: sign-ins, basis,
/// workers.</summary>
public sealed class RestoreWhileRunning(
    RestoreDatabase restoreDatabase,
    EndAllSignIns endAllSignIns,
    EnsureEvaluationBaseline noteBasis,
    CurrentMarket market,
    LoopWorkers workers
) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public void Dispose() => _oneAtATime.Dispose();

    /// <exception cref="NoGoodBackupException">No backup passes its integrity check; nothing was changed.</exception>
    public async Task<RestoreResult> ExecuteAsync(RestoreRequest request, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var result = await restoreDatabase.ExecuteAsync(request, cancellationToken);
            await SettleAsync(cancellationToken);
            return result;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Carries a restore that failed in the middle to its end; waits for one that is being carried
    /// out.</summary>
    /// <returns>Null when there is none left over.</returns>
    public async Task<RestoreResult?> FinishAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var result = await restoreDatabase.FinishAsync(cancellationToken);
            if (result is not null)
            {
                await SettleAsync(cancellationToken);
            }

            return result;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        await endAllSignIns.ExecuteAsync(cancellationToken);
        await noteBasis.ExecuteAsync((await market.GetAsync(cancellationToken)).Panel, cancellationToken);
        workers.Restart();
    }
}
