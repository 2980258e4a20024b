using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Tests.Storage.Sqlite;

public sealed class WriteTurnsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("turns-").FullName;
    private readonly WriteTurns _turns = new(Patience);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder, "turns.db");

    public void Dispose()
    {
        _turns.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Begin_SeveralWait_FollowInTheOrderInWhichTheyCame()
    {
        await using var first = await CreateAsync();
        var holds = await first.Database.BeginTransactionAsync(Token);
        var order = new List<int>();
        var waiting = new List<Task>();
        for (var i = 1; i <= 5; i++)
        {
            waiting.Add(WriteAsync(i, order));
        }

        Assert.Empty(order);
        await holds.CommitAsync(Token);
        await Task.WhenAll(waiting).WaitAsync(Patience, Token);

        Assert.Equal([1, 2, 3, 4, 5], order);
    }

    [Theory]
    [InlineData("commit")]
    [InlineData("rollback")]
    [InlineData("dispose")]
    [InlineData("throw")]
    public async Task End_HoweverItEnds_TheNextHasItsTurn(string how)
    {
        var next = Task.CompletedTask;
        await using (var first = await CreateAsync())
        await using (var holds = await first.Database.BeginTransactionAsync(Token))
        {
            next = WriteAsync(1, []);
            Assert.False(next.IsCompleted);
            switch (how)
            {
                case "commit":
                    await holds.CommitAsync(Token);
                    await next.WaitAsync(Patience, Token);
                    break;
                case "rollback":
                    await holds.RollbackAsync(Token);
                    await next.WaitAsync(Patience, Token);
                    break;
                case "throw":
                    await Assert.ThrowsAsync<SqliteException>(() =>
                        first.Database.ExecuteSqlRawAsync("insert into nothing values (1)", Token)
                    );
                    break;
            }
        }

        await next.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Begin_WhoWaitsLeaves_TheOthersGoOn()
    {
        await using var first = await CreateAsync();
        var holds = await first.Database.BeginTransactionAsync(Token);
        using var leaving = new CancellationTokenSource();
        await using var second = Open();
        var left = second.Database.BeginTransactionAsync(leaving.Token);
        var third = WriteAsync(3, []);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        await holds.CommitAsync(Token);

        await third.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Begin_ReadAtOneMoment_WaitsForNobody()
    {
        await using var first = await CreateAsync();
        await using var holds = await first.Database.BeginTransactionAsync(Token);
        await using var reader = Open();

        await using var oneMoment = await reader
            .Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, Token)
            .WaitAsync(Patience, Token);

        Assert.Equal(0, await CountAsync(reader));
    }

    [Fact]
    public async Task Begin_ADatabaseThatTakesNoWrites_LeavesTheTurnToTheNext()
    {
        await (await CreateAsync()).DisposeAsync();
        await using (var refused = Open(SqliteOpenMode.ReadOnly))
        {
            await using var transaction = await refused.Database.BeginTransactionAsync(Token);
            await Assert.ThrowsAsync<SqliteException>(() =>
                refused.Database.ExecuteSqlRawAsync("insert into numbers values (1)", Token)
            );
        }

        await WriteAsync(2, []).WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Begin_NoTurnInTime_AsksSqliteItself()
    {
        using var turns = new WriteTurns(TimeSpan.FromMilliseconds(50));
        await using var first = await CreateAsync();
        await using (var holds = await first.Database.BeginTransactionAsync(Token))
        {
            await using var second = Open(turns: turns, commandSeconds: 1);
            await using var third = Open(turns: turns, commandSeconds: 1);
            var refused = await Assert.ThrowsAsync<SqliteException>(() => second.Database.BeginTransactionAsync(Token));
            Assert.Equal(5, refused.SqliteErrorCode);
            await holds.CommitAsync(Token);
            await using var taken = await third.Database.BeginTransactionAsync(Token).WaitAsync(Patience, Token);
        }
    }

    // Another process has no turn here: what it sees is SQLite's lock, which the queue must leave free between two of
    // its own.
    [Fact]
    public async Task Begin_TheQueueIsNeverEmpty_AnotherProcessGetsInAllTheSame()
    {
        await (await CreateAsync()).DisposeAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var begun = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToArray();
        var busy = KeepWriting(begun, stop.Token);
        await Task.WhenAll(begun.Select(writer => writer.Task)).WaitAsync(Patience, Token);

        await using (var outside = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite, commandSeconds: 60)))
        {
            await outside.OpenAsync(Token);
            for (var i = 0; i < 5; i++)
            {
                await using var transaction = outside.BeginTransaction(deferred: false);
                await using var command = outside.CreateCommand();
                command.CommandText = "insert into numbers values (100)";
                await command.ExecuteNonQueryAsync(Token);
                await transaction.CommitAsync(Token);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(busy).WaitAsync(Patience, Token);
        await using var after = Open();
        Assert.InRange(await CountAsync(after), 5 + begun.Length, int.MaxValue);
    }

    private Task[] KeepWriting(TaskCompletionSource[] begun, CancellationToken stop) =>
        [
            .. begun.Select(
                (writer, i) =>
                    Task.Run(
                        async () =>
                        {
                            while (!stop.IsCancellationRequested)
                            {
                                await WriteAsync(i, []);
                                writer.TrySetResult();
                            }
                        },
                        Token
                    )
            ),
        ];

    private async Task WriteAsync(int number, List<int> order)
    {
        await using var db = Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        lock (order)
        {
            order.Add(number);
        }

        await db.Database.ExecuteSqlAsync($"insert into numbers values ({number})", Token);
        await transaction.CommitAsync(Token);
    }

    private static Task<int> CountAsync(DbContext db) =>
        db.Database.SqlQuery<int>($"select count(*) as Value from numbers").SingleAsync(Token);

    private async Task<DbContext> CreateAsync()
    {
        var db = Open(SqliteOpenMode.ReadWriteCreate);
        await db.Database.ExecuteSqlRawAsync("pragma journal_mode=wal; create table numbers (number integer)", Token);
        return db;
    }

    private DbContext Open(
        SqliteOpenMode mode = SqliteOpenMode.ReadWrite,
        WriteTurns? turns = null,
        int commandSeconds = 30
    ) =>
        new(
            new DbContextOptionsBuilder<DbContext>()
                .UseSqlite(ConnectionString(mode, commandSeconds))
                .AddInterceptors(turns ?? _turns)
                .Options
        );

    private string ConnectionString(SqliteOpenMode mode, int commandSeconds) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = commandSeconds,
        }.ToString();
}
