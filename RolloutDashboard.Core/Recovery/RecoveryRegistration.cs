using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Recovery.Restores;

namespace RolloutDashboard.Core.Recovery;

/// <summary>Registers backup, check and restore; they need the storage, the rollouts' services and
/// <see cref="BackupOptions"/>.</summary>
public static class RecoveryRegistration
{
    public static IServiceCollection AddDatabaseRecovery(this IServiceCollection services)
    {
        services.AddSingleton<ClaimedNumbers>();
        services.AddSingleton<AccessChanges>();
        services.AddSingleton<BackUpDatabase>();
        services.AddSingleton<Storage.IBackupBeforeMigration>(provider =>
            provider.GetRequiredService<BackUpDatabase>()
        );
        services.AddSingleton<IBeforePromotion, BackUpBeforePromotion>();
        services.AddSingleton<CheckDatabase>();
        services.AddSingleton<SalvageDecisionLog>();
        services.AddSingleton<PrepareRestored>();
        services.AddSingleton<ReconcileDecisionLog>();
        services.AddSingleton<ExchangeDatabase>();
        services.AddSingleton<RestoreDatabase>();
        services.AddSingleton<RecoverAtStart>();
        services.AddSingleton<VerifyRecords>();
        return services;
    }
}
