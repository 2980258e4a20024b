using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Tests.Evidence;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Import;

public sealed class DeleteImportTests : IDisposable
{
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("imports-").FullName);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data.Path, recursive: true);
    }

    [Fact]
    public async Task Execute_OneOfTwoSets_TakesItsRowsAndLeavesARecord()
    {
        using var rollout = await EvidenceDatabase.OpenAsync();
        using var first = HistoryFile.OfRecords(HistoryFile.Clean());
        using var second = HistoryFile.OfRecords(HistoryFile.Clean(30));
        var import = TestEngine.Import;
        await import.ExecuteAsync(first.Path, _data.Imports, new ImportOptions(), Token);
        await import.ExecuteAsync(second.Path, _data.Imports, new ImportOptions(), Token);

        var result = await new DeleteImport(
            rollout.Transitions,
            TestEngine.Provider,
            _data,
            new ReadImports(_data, TestEngine.Provider)
        ).ExecuteAsync(1, "ann", Token);

        Assert.True(result.Succeeded, result.Message);
        await using var db = await ImportsDb.OpenAsync(TestEngine.Provider, _data.Imports, Token);
        Assert.Equal((1, 30), (await db.Sets.CountAsync(Token), await db.Iterations.CountAsync(Token)));
        Assert.Equal(
            await db
                .Iterations.Where(row => row.Fingerprint != null)
                .Select(row => row.Fingerprint)
                .Distinct()
                .CountAsync(Token),
            await db.Strategies.CountAsync(Token)
        );
        await using var own = rollout.CreateDbContext();
        var decision = await own.Decisions.SingleAsync(Token);
        Assert.Equal(("import-deleted", "ann"), (decision.Kind, decision.Actor));
        Assert.Contains("history.jsonl, 60 records", decision.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_NoSuchSet_IsRefusedWithoutARecord()
    {
        using var rollout = await EvidenceDatabase.OpenAsync();

        var result = await new DeleteImport(
            rollout.Transitions,
            TestEngine.Provider,
            _data,
            new ReadImports(_data, TestEngine.Provider)
        ).ExecuteAsync(7, "ann", Token);

        Assert.False(result.Succeeded);
        Assert.Contains("no data set 7", result.Message, StringComparison.Ordinal);
        await using var own = rollout.CreateDbContext();
        Assert.Equal(0, await own.Decisions.CountAsync(Token));
    }
}
