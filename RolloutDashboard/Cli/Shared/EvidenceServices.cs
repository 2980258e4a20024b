using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.Histories;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Monitoring.Exports;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Cli.Shared;

/// <summary>What compare, replay and check need, without the server around it.</summary>
internal static class EvidenceServices
{
    /// <param name="path">Data directory.</param>
    /// <param name="gates">Settings of the gates; those of the server's own places where null.</param>
    public static ServiceProvider Open(string path, GateOptions? gates = null)
    {
        var data = CommandData.Open(path);
        var copy = MigratedCopy.Of(data.Database);
        var services = Collect(data, copy?.Path ?? data.Database, gates);
        if (copy is null)
        {
            return services.BuildServiceProvider();
        }

        // Asked for once, so that it is deleted with the services.
        var provider = services.AddSingleton(_ => copy).BuildServiceProvider();
        _ = provider.GetRequiredService<MigratedCopy>();
        return provider;
    }

    private static IServiceCollection Collect(DataDirectory data, string database, GateOptions? gates) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(data)
            .AddRolloutStorage(database)
            .AddSingleton(Options.Create(gates ?? CommandSettings.Gates()))
            .AddSingleton<IPolicyInForce, ReadPolicyInForce>()
            .AddSingleton<IImportedHistories, ReadImportedHistories>()
            .AddSingleton<ReadSelection>()
            .AddSingleton<CompareSelections>()
            .AddSingleton<ReadReportHead>()
            .AddSingleton<ReadReplayHistory>()
            .AddSingleton<ReplayPolicies>()
            .AddSingleton<VerifyJudgements>();
}
