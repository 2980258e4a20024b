using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Sqlite;

namespace RolloutDashboard.Tests.Storage;

/// <summary>A stop of the server is no failure of the database, wherever in a transaction it comes.</summary>
public sealed class CancelledTransactionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cancelled-").FullName;
    private readonly List<string> _errors = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CancelledBeforeTheCommit_FinishedWorkIsKeptAndNothingIsLogged()
    {
        using var stopping = new CancellationTokenSource();
        await using var db = await MigratedAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(stopping.Token);
        db.Events.Add(Event());
        await db.SaveChangesAsync(stopping.Token);
        await stopping.CancelAsync();

        await transaction.CommitAsync(stopping.Token);

        await using var after = Open();
        Assert.Equal(1, await after.Events.CountAsync(Token));
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task CancelledBeforeASave_TheTransactionIsUndoneAndNothingIsLogged()
    {
        using var stopping = new CancellationTokenSource();
        await using (var db = await MigratedAsync())
        await using (var transaction = await db.Database.BeginTransactionAsync(stopping.Token))
        {
            db.Events.Add(Event());
            await db.SaveChangesAsync(stopping.Token);
            db.Events.Add(Event());
            await stopping.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.SaveChangesAsync(stopping.Token));
            await transaction.RollbackAsync(stopping.Token);
        }

        await using var after = Open();
        Assert.Equal(0, await after.Events.CountAsync(Token));
        Assert.Empty(_errors);
    }

    [Fact]
    public async Task CancelledWithinASave_TheTransactionIsUndoneAndNothingIsLogged()
    {
        using var stopping = new CancellationTokenSource();
        await using (var db = await MigratedAsync(stopping))
        await using (var transaction = await db.Database.BeginTransactionAsync(stopping.Token))
        {
            db.Events.Add(Event());

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.SaveChangesAsync(stopping.Token));
        }

        await using var after = Open();
        Assert.Equal(0, await after.Events.CountAsync(Token));
        Assert.Empty(_errors);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static EventRecord Event() =>
        new()
        {
            RolloutId = 1,
            At = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
            Source = "test",
            Text = "test",
        };

    private async Task<RolloutDb> MigratedAsync(CancellationTokenSource? cancelledByTheFirstInsert = null)
    {
        DatabaseFile.Make(Path.Combine(_folder, "rollout.db"));
        await using (var db = Open())
        {
            await db.Database.MigrateAsync(Token);
        }

        return Open(cancelledByTheFirstInsert);
    }

    private SqliteRolloutDb Open(CancellationTokenSource? cancelledByTheFirstInsert = null)
    {
        var options = new DbContextOptionsBuilder<SqliteRolloutDb>();
        StorageServices.Configure(options, Path.Combine(_folder, "rollout.db")).LogTo(_errors.Add, LogLevel.Error);
        if (cancelledByTheFirstInsert is not null)
        {
            options.AddInterceptors(new CancelAtInsert(cancelledByTheFirstInsert));
        }

        return new SqliteRolloutDb(options.Options);
    }

    private sealed class CancelAtInsert(CancellationTokenSource stopping) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            if (command.CommandText.Contains("INSERT", StringComparison.Ordinal))
            {
                await stopping.CancelAsync();
            }

            return result;
        }
    }
}
