using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Import.Tables;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Storage.Sqlite;

public sealed class OpenStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rollout-store-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task OpenStore_FileIsNoDatabase_LeavesNoContextBehind()
    {
        var file = Path.Combine(_folder.FullName, "imports.db");
        await File.WriteAllTextAsync(file, new string('x', 4096), TestContext.Current.CancellationToken);
        ImportsDb? made = null;

        await Assert.ThrowsAsync<SqliteException>(() =>
            TestEngine.Provider.OpenStoreAsync<ImportsDb>(
                file,
                1,
                options => made = new ImportsDb(options),
                TestContext.Current.CancellationToken
            )
        );

        Assert.NotNull(made);
        Assert.Throws<ObjectDisposedException>(() => made.Sets.Any());
    }
}
