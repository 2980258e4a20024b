using RolloutDashboard.Core.Nodes.Coordination;

namespace RolloutDashboard.Background.Duties;

/// <summary>All work that goes on in the background, in one list.</summary>
public static class DutyList
{
    public static IServiceCollection AddDuties(this IServiceCollection services)
    {
        services.AddSingleton<IDuty, KillSwitchDuty>();
        services.AddSingleton<IDuty, DataDirectoryDuty>();
        services.AddSingleton<IDuty, HeartbeatDuty>();
        services.AddSingleton<IDuty, EvaluationDuty>();
        services.AddSingleton<IDuty, EvaluationAlertDuty>();
        services.AddSingleton<IDuty, FaultAlertsDuty>();
        services.AddSingleton<IDuty, WorkerSlotsDuty>();
        services.AddSingleton<IDuty, RollbackVerificationDuty>();
        services.AddSingleton<IDuty, GradualRollbackDuty>();
        services.AddSingleton<IDuty, DrillDuty>();
        services.AddSingleton<IDuty, StagingValidationDuty>();
        services.AddSingleton<IDuty, OrphanedIterationsDuty>();
        services.AddSingleton<IDuty, HoldOutDuty>();
        services.AddSingleton<IDuty, OverfittingDuty>();
        services.AddSingleton<IDuty, EvidenceChecksDuty>();
        services.AddSingleton<IDuty, ComparisonReportDuty>();
        services.AddSingleton<IDuty, ProviderEventsDuty>();
        services.AddSingleton<IDuty, MachineClockDuty>();
        services.AddSingleton<IDuty, BackupDuty>();
        services.AddSingleton<ILeadership, OnlyProcess>();
        services.AddHostedService<DutyScheduler>();
        services.AddHostedService<DatabaseWatch>();
        services.AddHostedService<NotificationSender>();
        return services;
    }
}
