using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Evaluation.Inputs;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Evaluation.Inputs;

/// <summary>What is read step by step must be what one look at everything gives.</summary>
public sealed class ReadStageEvidenceTests : IAsyncLifetime
{
    private readonly DatabaseAvailability _lock = new(TimeProvider.System);
    private readonly ReadStageEvidence _kept;
    private TestRollout _rollout = null!;

    public ReadStageEvidenceTests() => _kept = new ReadStageEvidence(_lock);

    public async ValueTask InitializeAsync() => _rollout = await TestRollout.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        _kept.Dispose();
        await _rollout.DisposeAsync();
    }

    [Fact]
    public async Task Execute_IterationsEndOutOfOrder_EqualsAFullReading()
    {
        await SameAsync();
        var (first, second) = (await _rollout.ClaimAsync(), await _rollout.ClaimAsync());
        await SameAsync();
        await _rollout.FinishAsync(second, 0.7);
        await SameAsync();
        var third = await _rollout.ClaimAsync();
        await _rollout.FinishAsync(first, 0.9);

        var rows = await SameAsync();

        Assert.Equal(
            [IterationStatus.Finished, IterationStatus.Finished, IterationStatus.Running],
            rows.Attempt.Select(row => row.Status)
        );
        Assert.Equal(third.Number, rows.Attempt[^1].Number);
    }

    [Fact]
    public async Task Execute_CancelledByARollbackAndResumed_EqualsAFullReading()
    {
        await _rollout.FinishAsync(await _rollout.ClaimAsync(), 0.7);
        await _rollout.ClaimUntilAsync(GenerationMode.Json);
        await SameAsync();
        await _rollout.StopAsync();
        await SameAsync();
        await ChangeAsync(rollout => rollout.Attempt = 2);
        await _rollout.FinishAsync(await _rollout.ClaimAsync(), 0.4);

        var rows = await SameAsync();

        Assert.Single(rows.Attempt);
        Assert.Contains(rows.Earlier, row => row.Status == IterationStatus.Cancelled);
    }

    [Fact]
    public async Task Execute_NextStage_LeavesTheOldOneOut()
    {
        var open = await _rollout.ClaimAsync();
        await SameAsync();
        await ChangeAsync(rollout => (rollout.Stage, rollout.Attempt) = (Stage.Hybrid, 1));
        await using (var db = _rollout.Db())
        {
            await db.ConfigurationVersions.ExecuteUpdateAsync(
                update => update.SetProperty(version => version.Stage, Stage.Hybrid),
                TestRollout.Token
            );
        }

        Assert.Empty((await SameAsync()).Attempt);
        await _rollout.FinishAsync(open, 0.7);
        await _rollout.FinishAsync(await _rollout.ClaimAsync(), 0.7);

        Assert.Single((await SameAsync()).Attempt);
    }

    [Fact]
    public async Task Execute_DatabaseExchanged_ReadsEverythingAgain()
    {
        await _rollout.FinishAsync(await _rollout.ClaimAsync(), 0.7);
        await SameAsync();
        await using (var db = _rollout.Db())
        {
            await db.Iterations.ExecuteUpdateAsync(
                update => update.SetProperty(row => row.SharpeRatio, 0.1),
                TestRollout.Token
            );
        }

        await _lock.CloseAsync("restoring", TimeSpan.FromSeconds(1), TestRollout.Token);
        _lock.Open();

        Assert.Equal(0.1, (await SameAsync()).Attempt.Single().SharpeRatio);
    }

    [Fact]
    public async Task Execute_GivenList_StaysAsItWas()
    {
        var claim = await _rollout.ClaimAsync();
        var before = (await SameAsync()).Attempt;
        await _rollout.FinishAsync(claim, 0.7);
        await _rollout.ClaimAsync();
        await SameAsync();

        Assert.Equal(IterationStatus.Running, Assert.Single(before).Status);
    }

    private async Task<StageEvidence> SameAsync()
    {
        await using var db = _rollout.Db();
        var rollout = await db.Rollouts.SingleAsync(TestRollout.Token);
        var kept = await _kept.ExecuteAsync(db, rollout, TestRollout.Token);
        using var anew = new ReadStageEvidence(new DatabaseAvailability(TimeProvider.System));
        var full = await anew.ExecuteAsync(db, rollout, TestRollout.Token);
        Assert.Equal(full.Attempt, kept.Attempt);
        Assert.Equal(full.Earlier, kept.Earlier);
        return kept;
    }

    private async Task ChangeAsync(Action<Rollout> change)
    {
        await using var db = _rollout.Db();
        change(await db.Rollouts.AsTracking().SingleAsync(TestRollout.Token));
        await db.SaveChangesAsync(TestRollout.Token);
    }
}
