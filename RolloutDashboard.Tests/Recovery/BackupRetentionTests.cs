using RolloutDashboard.Core.Recovery;

namespace RolloutDashboard.Tests.Recovery;

/// <summary>Backups are bounded by number and by bytes, make room on the disk that they filled, and never all
/// go.</summary>
public sealed class BackupRetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void BeyondLimits_MoreBytesThanMayBe_TakesTheOldestAndKeepsTheNewestOfEachReasonLongest()
    {
        var stored = Stored("5 scheduled", "4 scheduled", "3 before-promotion", "2 scheduled", "1 scheduled");

        Assert.Equal(["1 scheduled"], Names(BackupRetention.BeyondLimits(stored, 48, 400, "5 scheduled")));
        Assert.Equal(
            ["1 scheduled", "2 scheduled", "4 scheduled"],
            Names(BackupRetention.BeyondLimits(stored, 48, 200, "5 scheduled"))
        );
        Assert.Equal(
            ["1 scheduled", "2 scheduled", "4 scheduled", "3 before-promotion"],
            Names(BackupRetention.BeyondLimits(stored, 48, 0, "5 scheduled"))
        );
        Assert.Equal(
            ["2 scheduled", "1 scheduled"],
            Names(BackupRetention.BeyondLimits(stored, 2, 1000, "5 scheduled"))
        );
    }

    [Fact]
    public void ToMakeRoom_EvenAllAreNotEnough_TakesNone()
    {
        var stored = Stored("3 scheduled", "2 scheduled", "1 scheduled");

        Assert.Equal(["1 scheduled"], Names(BackupRetention.ToMakeRoom(stored, 100, "2 scheduled")));
        Assert.Equal(["1 scheduled", "3 scheduled"], Names(BackupRetention.ToMakeRoom(stored, 101, "2 scheduled")));
        Assert.Empty(BackupRetention.ToMakeRoom(stored, 201, "2 scheduled"));
    }

    [Fact]
    public async Task Execute_DiskFilledByBackups_RemovesTheOldestAndSucceeds()
    {
        using var disk = SmallDisk.Mount(12);
        await using var house = await RecoveryHouse.OpenInAsync(disk.Data.Path, Token);
        await house.IterateAsync(3, Token);
        var made = new List<BackupFile>();
        for (var i = 0; i < 3; i++)
        {
            made.Add(await house.Get<BackUpDatabase>().ExecuteAsync("scheduled", Token));
        }

        disk.Fill();
        RecoveryHouse.Spoil(made[2].Path);
        var fourth = await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);

        var left = BackupFile.List(house.Data).Select(file => file.Path).ToList();
        Assert.Contains(fourth.Path, left);
        Assert.Contains(made[1].Path, left);
        Assert.DoesNotContain(made[0].Path, left);

        disk.Fill();
        File.Delete(fourth.Path);
        File.Delete(made[2].Path);
        disk.Fill();
        var refused = await Assert.ThrowsAsync<BackupFailedException>(() =>
            house.Get<BackUpDatabase>().ExecuteAsync("manual", Token)
        );
        Assert.Contains(
            $"all stay, {Path.GetFileName(made[1].Path)} as the newest good one",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(made[1].Path));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.95)]
    [InlineData(double.NaN)]
    public void Errors_ShareOutOfRange_NamesTheKey(double share) =>
        Assert.StartsWith(
            "Backup:DiskShare",
            Assert.Single(new BackupOptions { DiskShare = share }.Errors()),
            StringComparison.Ordinal
        );

    private static List<StoredBackup> Stored(params string[] newestFirst) =>
        [.. newestFirst.Select(name => new StoredBackup(new BackupFile(name, default, name.Split(' ')[1], 1), 100))];

    private static IEnumerable<string> Names(IEnumerable<StoredBackup> backups) =>
        backups.Select(backup => backup.File.Path);
}
