using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Recovery;

namespace RolloutDashboard.Tests.Recovery;

public sealed class BackUpDatabaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_SoundDatabase_IsWholePrivateAndOfItsOwn()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.IterateAsync(5, Token);

        var backup = await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);

        Assert.True(DatabaseCheck.Full(backup.Path).IsSound);
        Assert.Equal(5, Count(backup.Path));
        Assert.Equal(
            [".lock", Path.GetFileName(backup.Path)],
            Directory.EnumerateFiles(house.Data.Backups).Select(Path.GetFileName).Order()
        );
        Assert.Matches(@"^rollout-\d{8}-\d{6}-manual\.db$", Path.GetFileName(backup.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup.Path));
        }
    }

    [Fact]
    public async Task Execute_WhileIterationsAreRecorded_KeepsAStateThatOnceWas()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token, new BackupOptions { Keep = 1000 });
        var writing = Task.Run(() => house.IterateAsync(40, Token), Token);
        var backups = new List<BackupFile>();
        while (!writing.IsCompleted)
        {
            backups.Add(await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token));
        }

        await writing;

        Assert.All(backups, backup => Assert.True(DatabaseCheck.Full(backup.Path).IsSound));
        Assert.All(backups, backup =>
            Assert.Equal(Count(backup.Path), Count(backup.Path, "SELECT IFNULL(MAX(Number), 0) FROM Iterations"))
        );
        Assert.Equal(40, Count(house.Data.Database));
    }

    [Fact]
    public async Task Execute_AfterAKilledOne_ClearsItsFileAwayAndListsItNowhere()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        Directory.CreateDirectory(house.Data.Backups);
        var left = Path.Combine(house.Data.Backups, "rollout-20260101-000000-manual.db.unfinished");
        await File.WriteAllTextAsync(left, "half a backup", Token);
        Assert.Empty(BackupFile.List(house.Data));

        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);

        Assert.False(File.Exists(left));
        Assert.Single(BackupFile.List(house.Data));
    }

    [Fact]
    public async Task Execute_MoreThanToKeep_RemovesTheOldestOfTheSameReason()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token, new BackupOptions { Keep = 2 });
        var other = await house.Get<BackUpDatabase>().ExecuteAsync("before-promotion", Token);
        var made = new List<BackupFile>();
        for (var i = 0; i < 4; i++)
        {
            made.Add(await house.Get<BackUpDatabase>().ExecuteAsync("scheduled", Token));
        }

        Assert.Equal(
            new[] { other.Path, made[2].Path, made[3].Path }.Order(),
            BackupFile.List(house.Data).Select(file => file.Path).Order()
        );
    }

    [Fact]
    public async Task Execute_DamagedDatabase_KeepsNoCopyAndRaisesTheSuspicion()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.IterateAsync(20, Token);
        SqliteConnection.ClearAllPools();
        house.SpoilDatabase();

        await Assert.ThrowsAsync<BackupFailedException>(() =>
            house.Get<BackUpDatabase>().ExecuteAsync("manual", Token)
        );

        Assert.Empty(BackupFile.List(house.Data));
        Assert.NotNull(house.Get<Core.Storage.DatabaseHealth>().Suspicion);
    }

    [Theory]
    [InlineData("00:00:30", 48, "Backup:Every")]
    [InlineData("2.00:00:00", 48, "Backup:Every")]
    [InlineData("00:15:00", 0, "Backup:Keep")]
    public void Errors_OutOfRange_NameTheKey(string every, int keep, string key) =>
        Assert.StartsWith(
            key,
            Assert.Single(
                new BackupOptions
                {
                    Every = TimeSpan.Parse(every, System.Globalization.CultureInfo.InvariantCulture),
                    Keep = keep,
                }.Errors()
            )
        );

    [Fact]
    public void Errors_Defaults_AreFine() => Assert.Empty(new BackupOptions().Errors());

    private static long Count(string path, string query = "SELECT COUNT(*) FROM Iterations")
    {
        using var connection = DatabaseCheck.Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }
}
