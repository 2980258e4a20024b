using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparison;
using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Cli;

/// <summary>What compare and replay need, without the server around it.</summary>
internal static class EvidenceServices
{
    public static ServiceProvider Open(string path)
    {
        var data = new DataDirectory(path);
        return new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(data).AddRolloutStorage(data.Database)
            .AddSingleton<IImportedHistories, ReadImportedHistories>().AddSingleton<ReadSelection>().AddSingleton<CompareSelections>()
            .AddSingleton<ReadReplayHistory>().AddSingleton<ReplayPolicies>().AddSingleton<VerifyJudgements>().BuildServiceProvider();
    }
}
