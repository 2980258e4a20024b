using RolloutDashboard.Core.Evidence.Replay;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Import;

/// <summary>Records whose arm nobody named, on their way to comparison and replay.</summary>
public sealed class UndeclaredHistoryTests
{
    [Fact]
    public async Task Read_UndeclaredArm_JudgesNoArm()
    {
        var records = HistoryFile.Clean(10);
        Array.ForEach(records, record => record.Remove("json_mode"));
        using var file = HistoryFile.OfRecords(records);
        await TestEngine.Import.ExecuteAsync(
            file.Path,
            file.Database,
            new ImportOptions(),
            TestContext.Current.CancellationToken
        );

        var read = await new ReadImportedHistories(new DataDirectory(file.Folder), TestEngine.Provider).ReadAsync(
            1,
            null,
            100,
            TestContext.Current.CancellationToken
        );
        var replayed = ReadReplayHistory.Of(read, Stage.Hybrid);

        Assert.All(read, one => Assert.True(one.ArmUndeclared));
        Assert.All(replayed.Rows, row => Assert.Equal(IterationKind.Unknown, row.Row.Kind));
    }
}
