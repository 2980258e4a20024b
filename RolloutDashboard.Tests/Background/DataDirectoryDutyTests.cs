using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using RolloutDashboard.Api;
using RolloutDashboard.Background.Duties;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Recovery;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Background;

/// <summary>A data directory that is deleted, moved, replaced or made read-only stops loop and JSON with true words,
/// and nothing is written in its place.</summary>
public sealed class DataDirectoryDutyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("deleted", "the data directory {0} was deleted or moved")]
    [InlineData("moved", "the data directory {0} was deleted or moved")]
    [InlineData("a file", "the data directory {0} was replaced by a file")]
    [InlineData("another folder", "the data directory {0} was replaced by another folder")]
    [InlineData("a copy", "the data directory {0} was replaced by another folder")]
    [InlineData("emptied", "the lock file of the data directory {0}/process.lock was deleted or moved")]
    [InlineData("database deleted", "the database {0}/rollout.db was deleted or moved")]
    [InlineData("database replaced", "the database {0}/rollout.db was replaced by another file")]
    public async Task Turn_FolderLost_StopsLoopAndJsonAndWritesNothing(string how, string words)
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        using var only = Hold(house.Data);
        var expected = string.Format(System.Globalization.CultureInfo.InvariantCulture, words, house.Data.Path);
        await house.IterateAsync(1, Token);
        using var back = new PutBack(house.Data.Path);
        Take(house.Data, how, back.Aside);
        var before = Listing(house.Data.Path);
        using var running = house.Get<RunningIterations>().Enter(1, usesJson: false, Token);

        // Before the watch has looked: nobody gets at what is there now.
        Assert.Equal(
            expected,
            (await Assert.ThrowsAsync<DatabaseClosedException>(() => house.IterateAsync(1, Token))).Message
        );
        var duty = Duty(house);
        await duty.TakeTurnAsync(Token);

        AssertStoppedLoopAndJson(house, running, expected);

        await AssertWritersRefuseAsync(house, expected);
        SqliteConnection.ClearAllPools();
        Assert.Equal(before, Listing(house.Data.Path));
    }

    [Fact]
    public async Task Turn_SameFolderComesBack_LoopGoesOnWithJsonOffAndTold()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        using var only = Hold(house.Data);
        await house.IterateAsync(3, Token);
        var duty = Duty(house);
        var aside = house.Data.Path + "-aside";
        Directory.Move(house.Data.Path, aside);
        await duty.TakeTurnAsync(Token);
        Directory.CreateDirectory(house.Data.Path);
        await duty.TakeTurnAsync(Token);
        Assert.Contains(
            "replaced by another folder",
            house.Get<DatabaseAvailability>().ClosedBecause,
            StringComparison.Ordinal
        );
        Directory.Delete(house.Data.Path);
        Directory.Move(aside, house.Data.Path);

        await duty.TakeTurnAsync(Token);

        Assert.Null(house.Get<DatabaseAvailability>().ClosedBecause);
        Assert.Equal("ok", Health(house).ResponseContent);
        await house.IterateAsync(2, Token);
        Assert.Contains(
            "was deleted or moved",
            house.Get<JsonKillSwitch>().ReadMarker().Reason,
            StringComparison.Ordinal
        );
        Assert.False(house.Get<JsonKillSwitch>().Allows);
        Assert.Contains(
            "JSON mode was stopped",
            (await house.ReadAsync(db => db.Events.SingleAsync(row => row.Source == "data directory"))).Text,
            StringComparison.Ordinal
        );
        Assert.Empty(await house.FaultsAsync(Token));
    }

    [Fact]
    public async Task Turn_FolderMadeReadOnly_StopsAndGoesOnWhenItIsWritableAgain()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        using var only = Hold(house.Data);
        if (!OperatingSystem.IsLinux() || Run("mount", "--bind", house.Data.Path, house.Data.Path) is not 0)
        {
            Assert.Skip("A folder is made read-only by mounting it so; this account may not mount.");
        }

        var duty = Duty(house);
        try
        {
            Assert.Equal(0, Run("mount", "-o", "remount,ro,bind", house.Data.Path));
            await duty.TakeTurnAsync(Token);

            Assert.Contains(
                $"can't be written to: its file system is read-only; mount it writable again",
                house.Get<DatabaseAvailability>().ClosedBecause,
                StringComparison.Ordinal
            );
            Assert.False(house.Get<JsonKillSwitch>().Allows);
            Assert.Equal(StatusCodes.Status503ServiceUnavailable, Health(house).StatusCode);
        }
        finally
        {
            Run("umount", house.Data.Path);
        }

        await duty.TakeTurnAsync(Token);

        Assert.Null(house.Get<DatabaseAvailability>().ClosedBecause);
        await house.IterateAsync(1, Token);
    }

    [Fact]
    public async Task Turn_DatabaseExchangedByARestore_IsNoLoss()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        using var only = Hold(house.Data);
        await house.IterateAsync(2, Token);
        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);
        var duty = Duty(house);
        await house.Get<RestoreDatabase>().ExecuteAsync(new RestoreRequest("olga", "test", IsDamaged: false), Token);

        await duty.TakeTurnAsync(Token);

        Assert.Null(house.Get<DatabaseAvailability>().ClosedBecause);
        await house.IterateAsync(1, Token);
    }

    private static void AssertStoppedLoopAndJson(RecoveryHouse house, RunningIterations.Entry running, string because)
    {
        Assert.StartsWith(
            char.ToUpperInvariant(because[0]) + because[1..],
            house.Get<DatabaseAvailability>().ClosedBecause!,
            StringComparison.Ordinal
        );
        Assert.True(running.Token.IsCancellationRequested);
        Assert.Equal(CancellationReason.Storage, running.Reason);
        Assert.NotNull(house.Get<JsonKillSwitch>().WhyNot());
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, Health(house).StatusCode);
        Assert.DoesNotContain(house.Data.Path, Health(house).ResponseContent!, StringComparison.Ordinal);
    }

    // Every writer beneath the folder refuses, with the same words.
    private static async Task AssertWritersRefuseAsync(RecoveryHouse house, string words)
    {
        Assert.Contains(
            words,
            (
                await Assert.ThrowsAsync<BackupFailedException>(() =>
                    house.Get<BackUpDatabase>().ExecuteAsync("manual", Token)
                )
            ).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<DataDirectoryLostException>(() =>
            house.Get<ClaimedNumbers>().Note(1, RolloutEnvironment.Production, 1000)
        );
        Assert.Throws<DataDirectoryLostException>(() =>
            house.Get<AccessChanges>().Note(new AccessChange(default, "1", "olga", "system", true, null))
        );
        Assert.Throws<DataDirectoryLostException>(() => house.Get<JsonKillSwitch>().Mark("olga", "test"));
        Assert.Throws<DataDirectoryLostException>(() => house.Get<DecisionJournal>().Append([]));
        await Assert.ThrowsAsync<DataDirectoryLostException>(() =>
            house.Get<RestoreDatabase>().ExecuteAsync(new RestoreRequest("olga", "test", IsDamaged: false), Token)
        );
        await Assert.ThrowsAsync<DataDirectoryLostException>(() =>
            Core.Import.Tables.ImportsDb.OpenAsync(TestEngine.Provider, house.Data, Token)
        );
    }

    private static ProcessLock Hold(DataDirectory data)
    {
        var taken = ProcessLock.Take(data);
        data.Hold();
        data.HoldDatabase();
        return taken;
    }

    private static DataDirectoryDuty Duty(RecoveryHouse house) =>
        new(
            house.Data,
            house.Get<DatabaseAvailability>(),
            house.Get<JsonKillSwitch>(),
            house.Get<RunningIterations>(),
            house.Get<IDbContextFactory<RolloutDb>>(),
            house.Get<IRolloutChanges>(),
            TimeProvider.System,
            NullLogger<DataDirectoryDuty>.Instance
        );

    private static ContentHttpResult Health(RecoveryHouse house) =>
        Assert.IsType<ContentHttpResult>(HealthEndpoint.Answer(house.Data, house.Get<DatabaseAvailability>()));

    private static void Take(DataDirectory data, string how, string aside)
    {
        switch (how)
        {
            case "deleted":
                Directory.Delete(data.Path, recursive: true);
                break;
            case "emptied":
                Directory.EnumerateFiles(data.Path).ToList().ForEach(File.Delete);
                break;
            case "database deleted":
                File.Delete(data.Database);
                break;
            case "database replaced":
                File.Copy(data.Database, data.Database + ".new");
                File.Move(data.Database + ".new", data.Database, overwrite: true);
                break;
            default:
                Directory.Move(data.Path, aside);
                Replace(data.Path, how, aside);
                break;
        }
    }

    private static void Replace(string path, string how, string aside)
    {
        if (how == "a file")
        {
            File.WriteAllText(path, "");
        }
        else if (how == "another folder")
        {
            Directory.CreateDirectory(path);
        }
        else if (how == "a copy")
        {
            Assert.Equal(0, Run("cp", "-a", aside, path));
        }
    }

    private static List<string> Listing(string path) =>
        Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFileSystemEntries(path)
                    .Order(StringComparer.Ordinal)
                    .Select(one => $"{one} {(File.Exists(one) ? new FileInfo(one).Length : 0)}"),
            ]
        : File.Exists(path) ? [path]
        : [];

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private sealed record PutBack(string Path) : IDisposable
    {
        public string Aside => Path + "-aside";

        public void Dispose()
        {
            if (File.Exists(Path))
            {
                File.Delete(Path);
            }

            Directory.CreateDirectory(Path);
            if (Directory.Exists(Aside))
            {
                Directory.Delete(Aside, recursive: true);
            }
        }
    }
}
