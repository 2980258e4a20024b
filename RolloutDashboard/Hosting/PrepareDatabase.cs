using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Hosting;

/// <summary>Brings the database to where this version can use it: recovered, migrated, and level with the decision
/// log.</summary>
public sealed class PrepareDatabase(
    RecoverAtStart recoverAtStart,
    MigrateDatabase migrateDatabase,
    DataDirectory data,
    ReconcileDecisionLog reconcileDecisionLog,
    EndAllSignIns endAllSignIns
)
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var restored = await recoverAtStart.ExecuteAsync(cancellationToken);
        await migrateDatabase.ExecuteAsync(data.Database, cancellationToken);
        data.HoldDatabase();
        await reconcileDecisionLog.ExecuteAsync(cancellationToken);
        if (restored is not null)
        {
            await endAllSignIns.ExecuteAsync(CancellationToken.None);
        }
    }
}
