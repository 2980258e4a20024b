using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Import;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Imports;
using RolloutDashboard.Tests.Import;
using RolloutDashboard.Tests.Support;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Tests.Imports;

public sealed class ImportQueueTests : IDisposable
{
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("desk-").FullName);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly WorkTurns _turns = new(TestShare.Create());
    private readonly BulkWrites _writes;
    private readonly ImportQueue _desk;

    public ImportQueueTests()
    {
        _writes = new BulkWrites(_clock);
        _desk = new ImportQueue(
            new ImportFile(_clock, TestEngine.Provider),
            _data,
            new DiskSpace(_data, reserveMegabytes: 0),
            new ImportSettings { LargestUploadMebibytes = 1, WaitingFiles = 2 },
            _turns,
            _writes,
            _clock,
            NullLogger<ImportQueue>.Instance
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Clean =>
        Encoding.UTF8.GetBytes(string.Join('\n', HistoryFile.Clean().Select(record => record.ToJsonString())));

    public void Dispose()
    {
        _desk.Dispose();
        _turns.Dispose();
        _writes.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data.Path, recursive: true);
    }

    [Fact]
    public async Task Arrive_WithoutLengthIntoTheReserve_IsRefusedAndRemoved()
    {
        using var desk = new ImportQueue(
            new ImportFile(_clock, TestEngine.Provider),
            _data,
            new DiskSpace(_data, reserveMegabytes: int.MaxValue),
            new ImportSettings(),
            _turns,
            _writes,
            _clock,
            NullLogger<ImportQueue>.Instance
        );

        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() =>
            desk.ArriveAsync("a.jsonl", "ann", expected: null, new MemoryStream(Clean), Token)
        );

        Assert.Equal(507, refused.Status);
        Assert.Contains("kept for rollbacks and records", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ImportPhase.Failed, Assert.Single(desk.Items).Phase);
        Assert.Empty(Directory.EnumerateFiles(_data.ArrivingImports));
    }

    [Fact]
    public async Task Arrive_AnnouncedFileThatWouldNotFit_IsRefusedBeforeItsFirstByte()
    {
        using var desk = new ImportQueue(
            new ImportFile(_clock, TestEngine.Provider),
            _data,
            new DiskSpace(_data, reserveMegabytes: int.MaxValue),
            new ImportSettings(),
            _turns,
            _writes,
            _clock,
            NullLogger<ImportQueue>.Instance
        );

        await Assert.ThrowsAsync<ImportRefusedException>(() =>
            desk.ArriveAsync("a.jsonl", "ann", expected: 10, new MemoryStream(Clean), Token)
        );

        Assert.Empty(desk.Items);
    }

    [Fact]
    public async Task Commit_CheckedFile_IsKeptOnceAndItsBytesGo()
    {
        var item = await ArriveAsync(Clean);
        _desk.Check(item.Id, new ImportOptions());
        var ready = await _desk.EndOfWorkAsync(item.Id, Token);
        _desk.Commit(item.Id);
        var done = await _desk.EndOfWorkAsync(item.Id, Token);

        Assert.Equal((ImportPhase.Ready, 60L), (ready!.Phase, ready.Report!.Records));
        Assert.Equal(
            (ImportPhase.Done, 1, "60 records are kept as data set 1."),
            (done!.Phase, done.Report!.SetId, done.Message)
        );
        Assert.Empty(Directory.GetFiles(_data.ArrivingImports));
        Assert.Equal(
            "history.jsonl",
            (await new ReadImports(_data, TestEngine.Provider).ListAsync(Token)).Single().Name
        );
        Assert.False(_desk.Commit(item.Id));
    }

    [Fact]
    public async Task Check_TimestampsWithoutZone_WaitsForOneAndReadsAgain()
    {
        var item = await ArriveAsync("{\"iteration_num\": 1, \"timestamp\": \"2026-01-05T09:00:00\"}"u8.ToArray());
        _desk.Check(item.Id, new ImportOptions());
        var first = await _desk.EndOfWorkAsync(item.Id, Token);
        _desk.Check(item.Id, new ImportOptions { Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Taipei") });
        var second = await _desk.EndOfWorkAsync(item.Id, Token);

        Assert.Equal((1L, 0L), (first!.Report!.WithoutZone, second!.Report!.WithoutZone));
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero), second.Report.From);
    }

    [Fact]
    public async Task Cancel_WhileArriving_EndsTheTransferAndKeepsNothing()
    {
        await using var endless = new EndlessStream();
        var arriving = _desk.ArriveAsync("slow.jsonl", "ann", null, endless, Token);
        await endless.Asked.Task;

        Assert.True(_desk.Cancel(_desk.Items.Single().Id));
        await Assert.ThrowsAsync<ImportRefusedException>(() => arriving);

        Assert.Equal(ImportPhase.Cancelled, _desk.Items.Single().Phase);
        Assert.Empty(Directory.GetFiles(_data.ArrivingImports));
    }

    [Fact]
    public async Task Arrive_MoreThanAllowed_IsRefusedWithoutAnnouncementToo()
    {
        var refusal = await Assert.ThrowsAsync<ImportRefusedException>(() =>
            _desk.ArriveAsync("large.jsonl", "ann", null, new MemoryStream(new byte[1024 * 1024 + 1]), Token)
        );

        Assert.Equal(413, refusal.Status);
        Assert.Contains("larger than 1 MiB", _desk.Items.Single().Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_data.ArrivingImports));
    }

    [Fact]
    public async Task Arrive_TooManyWaiting_IsRefusedUntilOneIsPutAway()
    {
        var first = await ArriveAsync(Clean);
        await ArriveAsync(Clean);

        Assert.Equal(409, (await Assert.ThrowsAsync<ImportRefusedException>(() => ArriveAsync(Clean))).Status);
        _desk.Check(first.Id, new ImportOptions());
        await _desk.EndOfWorkAsync(first.Id, Token);
        _desk.Cancel(first.Id);
        Assert.Equal(ImportPhase.Arriving, (await ArriveAsync(Clean)).Phase);
    }

    [Fact]
    public async Task Arrive_NameWithPath_KeepsItsLastPartOnly()
    {
        var item = await _desk.ArriveAsync("../../etc/\u0007passwd", "ann", null, new MemoryStream(Clean), Token);

        Assert.Equal("passwd", item.Name);
        Assert.Equal([item.Id], Directory.GetFiles(_data.ArrivingImports).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Check_Archive_FailsWithItsName()
    {
        var item = await ArriveAsync([0x50, 0x4B, 3, 4, 0]);
        _desk.Check(item.Id, new ImportOptions());
        var failed = await _desk.EndOfWorkAsync(item.Id, Token);

        Assert.Equal(ImportPhase.Failed, failed!.Phase);
        Assert.Contains("ZIP archive", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AfterAKilledProcess_PutsItsHalfFilesAway()
    {
        Directory.CreateDirectory(_data.ArrivingImports);
        await File.WriteAllTextAsync(Path.Combine(_data.ArrivingImports, "half"), "{", Token);

        await _desk.StartAsync(Token);

        Assert.False(Directory.Exists(_data.ArrivingImports));
    }

    private Task<ImportItem> ArriveAsync(byte[] content) =>
        _desk.ArriveAsync("history.jsonl", "ann", content.Length, new MemoryStream(content), Token);

    private sealed class EndlessStream : MemoryStream
    {
        public TaskCompletionSource Asked { get; } = new();

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            Asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
