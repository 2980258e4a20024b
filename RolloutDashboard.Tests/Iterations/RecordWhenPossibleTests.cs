using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Iterations;

public sealed class RecordWhenPossibleTests
{
    [Fact]
    public async Task Finish_DiskFullForAWhile_WaitsAndRecordsTheOutcome()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var claim = await rollout.ClaimAsync();
        var full = new FullFor(rollout.Databases, times: 2);
        var record = new RecordWhenPossible(
            new RecordIteration(full, new CrownChampion(), rollout.Switch, rollout, rollout.Clock),
            rollout,
            TestEngine.Trouble,
            rollout.Clock
        );

        var finishing = record.FinishAsync(claim, Outcomes.Of(claim, 0.4, SuccessLevel.Profitable), TestRollout.Token);
        while (!finishing.IsCompleted)
        {
            rollout.Clock.Advance(StorageTrouble.LookAgain);
            await Task.WhenAny(finishing, Task.Delay(20, TestRollout.Token));
        }

        await finishing;
        Assert.Equal(
            (IterationStatus.Finished, SuccessLevel.Profitable),
            ((await rollout.RowAsync(claim)).Status, (await rollout.RowAsync(claim)).Level)
        );
        Assert.Equal(["the disk is full; free some space", "the disk is full; free some space"], rollout.Waited);
    }

    [Fact]
    public async Task Cancel_StoppingWithAFullDisk_GivesUp()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var claim = await rollout.ClaimAsync();
        var record = new RecordWhenPossible(
            new RecordIteration(
                new FullFor(rollout.Databases, times: 99),
                new CrownChampion(),
                rollout.Switch,
                rollout,
                rollout.Clock
            ),
            rollout,
            TestEngine.Trouble,
            rollout.Clock
        );

        var given = await Assert.ThrowsAsync<OperationCanceledException>(() =>
            record.CancelAsync(claim, CancellationReason.Shutdown, new CancellationToken(canceled: true))
        );

        Assert.IsType<SqliteException>(given.InnerException);
    }

    [Fact]
    public async Task Finish_CancelledWhileTheDiskIsFull_IsCancelledAndNoFailure()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var claim = await rollout.ClaimAsync();
        var record = new RecordWhenPossible(
            new RecordIteration(
                new FullFor(rollout.Databases, times: 1),
                new CrownChampion(),
                rollout.Switch,
                rollout,
                rollout.Clock
            ),
            rollout,
            TestEngine.Trouble,
            rollout.Clock
        );

        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            record.FinishAsync(
                claim,
                Outcomes.Of(claim, 0.4, SuccessLevel.Profitable),
                new CancellationToken(canceled: true)
            )
        );
    }

    [Fact]
    public async Task Finish_RowOfAnotherIterationUnderTheSameKey_IsLeftAlone()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var claim = await rollout.ClaimAsync();
        var gone = claim with { Number = claim.Number + 7 };

        await rollout.FinishAsync(gone, 0.4);

        Assert.Equal(IterationStatus.Running, (await rollout.RowAsync(claim)).Status);
    }

    /// <summary>A database on a disk that is full for the first times it is asked.</summary>
    private sealed class FullFor(IDbContextFactory<RolloutDb> databases, int times) : IDbContextFactory<RolloutDb>
    {
        private const int Full = 13;
        private int _asked;

        public RolloutDb CreateDbContext() =>
            Interlocked.Increment(ref _asked) > times
                ? databases.CreateDbContext()
                : throw new SqliteException("database or disk is full", Full);
    }
}
