using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using MudBlazor.Services;
using RolloutDashboard.Background;
using RolloutDashboard.Background.Duties;
using RolloutDashboard.Commands;
using RolloutDashboard.Commands.Backups;
using RolloutDashboard.Commands.Rollouts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evaluation.Alerting;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Findings;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Faults;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Mapping;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Core.Market.Indicators;
using RolloutDashboard.Core.Monitoring.Analytics;
using RolloutDashboard.Core.Monitoring.Headlines;
using RolloutDashboard.Core.Monitoring.IterationHistory;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Monitoring.MarketData;
using RolloutDashboard.Core.Monitoring.Operations;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Nodes.Coordination;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Strategies.FullCode;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Strategies.Json;
using RolloutDashboard.Core.Strategies.Templates;
using RolloutDashboard.Core.Time;
using RolloutDashboard.Feed;
using RolloutDashboard.Imports;
using RolloutDashboard.Jobs;
using RolloutDashboard.Security.Redaction;
using RolloutDashboard.Studies;
using RolloutDashboard.Turns;
using RolloutDashboard.Views;

namespace RolloutDashboard.Hosting;

/// <summary>All services of the dashboard, in one list.</summary>
public static class Composition
{
    public static IServiceCollection AddDashboard(
        this IServiceCollection services,
        Settings settings,
        IConfiguration configuration
    )
    {
        services.AddSingleton<SteadyClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SteadyClock>());
        services.AddSingleton<LifeSigns>();
        services.AddSettings(settings);
        services.AddRedaction(ProcessSecrets.Of(settings, configuration, Environment.GetEnvironmentVariable));
        var data = new DataDirectory(settings.DataDirectory);
        services.AddSingleton(data);
        services.AddSingleton(_ => new DiskSpace(data, settings.Storage.ReserveMegabytes));
        services.AddRolloutStorage(data.Database);
        services.AddRollouts();
        services.AddEvidence();
        services.AddImport(settings);
        services.AddRecovery();
        services.AddGeneration(settings, data);
        services.AddWorkTurns();
        services.AddSingleton<BulkWrites>();
        services.AddSingleton<ExportSpools>();
        services.AddLoop(settings);
        services.AddNotifications(settings.Notifications);
        services.AddDuties();
        services.AddDashboardSecurity(configuration, settings.DataDirectory).AddFirstSignInLink();
        services.AddPages();
        return services;
    }

    private static void AddSettings(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(Options.Create(settings.Backup));
        services.AddSingleton(Options.Create(settings.Rollout));
        services.AddSingleton(Options.Create(settings.Stages));
        services.AddSingleton(Options.Create(settings.Gates));
        services.AddSingleton(Options.Create(settings.Loop));
        services.AddSingleton(settings.Backtest);
    }

    private static void AddRollouts(this IServiceCollection services)
    {
        services.AddSingleton<MigrateDatabase>();
        services.AddSingleton<CurrentSession>();
        services.AddSingleton<ProcessSessions>();
        services.AddSingleton<MarkOrphanedIterationsLost>();
        services.AddSingleton<DecisionJournal>();
        services.AddSingleton<Transitions>();
        services.AddSingleton<JsonKillSwitch>();
        services.AddSingleton<IJsonKillSwitch>(provider => provider.GetRequiredService<JsonKillSwitch>());
        services.AddSingleton<RunningIterations>();
        services.AddSingleton<IIterationClaims, ClaimIteration>();
        services.AddSingleton<StopJson>();
        services.AddSingleton<VerifyRollback>();
        services.AddSingleton<DrillSwitch>();
        services.AddSingleton<IDrillNotice, DrillNotice>();
        services.AddSingleton<StartDrill>();
        services.AddSingleton<FollowDrill>();
        services.AddSingleton<EndDrill>();
        services.AddSingleton<RollBackGradually>();
        services.AddSingleton<ControlLoop>();
        services.AddSingleton<ValidateInStaging>();
        services.AddSingleton<PreviewPromotion>();
        services.AddSingleton<Promote>();
        services.AddSingleton<Resume>();
        services.AddSingleton<ChangeConfiguration>();
        services.AddSingleton<EditGates>();
        services.AddSingleton<ReadGates>();
        services.AddSingleton<HaltPromotion>();
        services.AddSingleton<ResolveHalt>();
        services.AddJudgement();
        services.AddSingleton<ReadOperations>();
        services.AddSingleton<ReadConfigurations>();
        services.AddSingleton<OpenRollout>();
        services.AddSingleton<EnsureEvaluationBaseline>();
        services.AddSingleton<PrepareMarket>();
        services.AddSingleton<PrepareDatabase>();
        services.AddSingleton<OpenSession>();
        services.AddSingleton<StartUp>();
    }

    private static void AddJudgement(this IServiceCollection services)
    {
        services.AddSingleton<IQueueAge, HangfireQueueAge>();
        services.AddSingleton<JudgementHealth>();
        services.AddSingleton<IResourceUse, ReadResourceUse>();
        services.AddSingleton<ReadStageEvidence>();
        services.AddSingleton<ReadGateInputs>();
        services.AddSingleton<JudgeGate>();
        services.AddSingleton<ReadHealth>();
        services.AddSingleton<ReadHeadlineFacts>();
        services.AddSingleton<ReadLiveSnapshot>();
        services.AddSingleton<ReadLookbackWindow>();
        services.AddSingleton<ReadAlertInputs>();
        services.AddSingleton<EvaluateRollout>();
        services.AddSingleton<AlertOnEvaluationFailure>();
        services.AddSingleton<FaultRegister>();
        services.AddSingleton<AlertOnFaults>();
    }

    private static void AddEvidence(this IServiceCollection services)
    {
        services.AddSingleton<CheckEvidence>();
        services.AddSingleton<DismissFinding>();
        services.AddSingleton<GenerateComparison>();
        services.AddSingleton<IImportedHistories, ReadImportedHistories>();
        services.AddSingleton<ReadSelection>();
        services.AddSingleton<CompareSelections>();
        services.AddSingleton<SavedComparisons>();
        services.AddSingleton<IComparisons, Comparisons>();
        services.AddSingleton<ReadReplayHistory>();
        services.AddSingleton<VerifyJudgements>();
        services.AddSingleton<ReplayPolicies>();
        services.AddSingleton<IReplays, Replays>();
        services.AddSingleton<IAaChecks, AaChecks>();
        services.AddSingleton<IPolicyInForce, ReadPolicyInForce>();
        services.AddSingleton<IPlanChecks, PlanChecks>();
        services.AddSingleton<IGateReplay, ReplayGates>();
        services.AddSingleton<IEvidenceQueries, ReadFindings>();
        services.AddSingleton<IEvidenceCommands, EvidenceCommands>();
    }

    private static void AddImport(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings.Import);
        services.AddSingleton<ImportFile>();
        services.AddSingleton<IImportQueries, ReadImports>();
        services.AddSingleton<IHistoryMappings, HistoryMappings>();
        services.AddSingleton<ReadHistoryPolicy>();
        services.AddSingleton<ReadSetSummary>();
        services.AddSingleton<ISetSummaries, SetSummaries>();
        services.AddSingleton<DeleteImport>();
        services.AddSingleton<ImportQueue>();
        services.AddSingleton<IImportQueue>(provider => provider.GetRequiredService<ImportQueue>());
        services.AddHostedService(provider => provider.GetRequiredService<ImportQueue>());
        services.AddSingleton<IImportCommands, ImportCommands>();
    }

    private static void AddRecovery(this IServiceCollection services)
    {
        services.AddDatabaseRecovery();
        services.AddSingleton<TakeMachineClock>();
        services.AddSingleton<RestoreWhileRunning>();
        services.AddSingleton<DatabaseTasks>();
        services.AddSingleton<IBackupCommands, BackupCommands>();
    }

    private static void AddGeneration(this IServiceCollection services, Settings settings, DataDirectory data)
    {
        services.AddSingleton(_ => MarketSourceFactory.Create(settings.Market));
        services.AddSingleton<CurrentMarket>();
        services.AddSingleton<IMarketData, LoadedMarketData>();
        services.AddSingleton(_ => new IndicatorCache());
        services.AddSingleton<SandboxEventLog>();
        services.AddHostedService(provider => provider.GetRequiredService<SandboxEventLog>());
        services.AddSingleton(provider => new ChildProcessStrategyHost(
            settings.Sandbox,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SandboxEventLog>().Report
        ));
        services.AddSingleton<IStrategyHost>(provider => provider.GetRequiredService<ChildProcessStrategyHost>());
        services.AddSingleton<ProviderEventLog>();
        services.AddSingleton<IProviderEvents>(provider => provider.GetRequiredService<ProviderEventLog>());
        services.AddLlm(settings.Llm, data.Spending, data.RequireSame);
        services.AddSingleton<IIndicatorCache>(provider => provider.GetRequiredService<IndicatorCache>());
        services.AddSingleton<WarmIndicators>();
        services.AddGenerators();
        services.AddIterations();
    }

    private static void AddGenerators(this IServiceCollection services)
    {
        services.AddSingleton<MutationGenerator>();
        services.AddSingleton<IStrategyGenerator>(provider => new JsonGenerator(
            provider.GetRequiredService<IChatClient>(),
            provider.GetRequiredService<IIndicatorCache>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IterationWait>()
        ));
        services.AddSingleton<IStrategyGenerator>(provider => new FullCodeGenerator(
            provider.GetRequiredService<IChatClient>(),
            provider.GetRequiredService<IStrategyHost>(),
            StrategyApiDescription.Text,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IterationWait>()
        ));
    }

    private static void AddIterations(this IServiceCollection services)
    {
        services.AddSingleton<ReadArmMemory>();
        services.AddSingleton<CrownChampion>();
        services.AddSingleton<MeasureHoldOut>();
        services.AddSingleton<RecordIteration>();
        services.AddSingleton<IterationWait>();
        services.AddSingleton<RecordWhenPossible>();
        services.AddSingleton<GenerateStrategy>();
        services.AddSingleton<IterationPipeline>();
    }

    private static void AddLoop(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<JobStorage>(_ => new InMemoryStorage(
            new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(10) }
        ));
        services.AddHangfire(
            (provider, hangfire) =>
                hangfire
                    .UseSimpleAssemblyNameTypeSerializer()
                    .UseRecommendedSerializerSettings()
                    .UseStorage(provider.GetRequiredService<JobStorage>())
        );
        services.AddHangfireServer(
            (_, server) =>
                (server.ServerName, server.Queues, server.WorkerCount) = (
                    "iterations",
                    [IterationJob.Queue],
                    settings.Loop.Workers
                )
        );
        services.AddHangfireServer(
            (_, server) => (server.ServerName, server.Queues, server.WorkerCount) = ("default", [StagingJob.Queue], 1)
        );
        services.AddLoopState(settings);
    }

    private static void AddLoopState(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<LoopWorkers>();
        services.AddSingleton<StagingSlot>();
        services.AddScoped<StagingJob>();
        services.AddSingleton<LoopBackoff>();
        services.AddSingleton<ILoopWait>(provider => provider.GetRequiredService<LoopBackoff>());
        services.AddSingleton(provider => new LoopPace(
            settings.Loop.Pace
                ?? (provider.GetRequiredService<ProviderChain>().IsOffline ? settings.Llm.OfflinePace : TimeSpan.Zero),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<ILoopStatus, LoopStatusReader>();
        services.AddScoped<IterationJob>();
        services.AddSingleton<DutySignal>();
        services.AddSingleton<IStopSignal, StopSignal>();
        services.AddSingleton<JobConditions>();
        services.AddSingleton<DutyRunner>();
        services.AddSingleton<StagingQueue>();
    }

    private static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<RolloutFeed>();
        services.AddSingleton<IRolloutFeed>(provider => provider.GetRequiredService<RolloutFeed>());
        services.AddSingleton<IRolloutChanges>(provider => provider.GetRequiredService<RolloutFeed>());
        services.AddSingleton<IIterationQueries, IterationQueries>();
        services.AddAnalystPages();
        services.AddScoped<CurrentVisitor>();
        services.AddScoped<IAnalystQueries, AnalystTurns>();
        services.AddSingleton<ILiveView, LiveView>();
        services.AddSingleton<CommandExecutor>();
        services.AddSingleton<IRollbackCommands, RollbackCommands>();
        services.AddSingleton<ILoopCommands, LoopCommands>();
        services.AddSingleton<IPromotionCommands, PromotionCommands>();
        services.AddSingleton<IConfigurationCommands, ConfigurationCommands>();
        services.AddSingleton<IOperationsView, DatabaseOperationsView>();
        services.AddSingleton<IKpiCommands, KpiCommands>();
        services.AddSingleton<ISettingsView, ReadSettings>();
        services.AddSingleton<IDutiesView, ReadDuties>();
        services.AddSingleton<IUserCommands, UserCommands>();
        services.AddLivePages();
        services.AddMudServices();
        services.AddRazorComponents().AddInteractiveServerComponents();
    }
}
