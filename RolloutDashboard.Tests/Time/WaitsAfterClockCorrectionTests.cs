using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Evaluation;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Vocabulary.States;
using RolloutDashboard.Jobs;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Time;

/// <summary>Waits of the process on a clock that somebody sets while they wait.</summary>
public sealed class WaitsAfterClockCorrectionTests : IDisposable
{
    private readonly SetClock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("set-clock-").FullName;

    public static TheoryData<double> Hours => [-1, 1, -25, 25];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Pace_ClockSet_WaitsOneIntervalAsBefore(double hours)
    {
        var token = TestContext.Current.CancellationToken;
        var pace = new LoopPace(TimeSpan.FromSeconds(1), _clock);
        await pace.WaitAsync(token);
        _clock.Correction = TimeSpan.FromHours(hours);

        var wait = pace.WaitAsync(token);

        Assert.False(wait.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(60), token);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void Condition_ClockSet_GoesOnAfterItsTime(double hours)
    {
        var condition = new LoopBackoff(_clock, NullLogger<LoopBackoff>.Instance);
        condition.Waits(LoopWaitKind.Provider, "the provider", _clock.GetUtcNow().AddMinutes(1));
        _clock.Correction = TimeSpan.FromHours(hours);
        Assert.False(condition.MayGoOn());
        Assert.Equal(_clock.GetUtcNow(), condition.AwaitedAnswerAt);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(condition.MayGoOn());

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(condition.MayGoOn());
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void Workers_ClockSet_AreDeadAfterTheirTime(double hours)
    {
        var workers = new LoopWorkers(Options.Create(new LoopOptions { Workers = 2 }), _clock);
        _clock.Correction = TimeSpan.FromHours(hours);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(workers.DeadSince);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromSeconds(301), workers.DeadSince);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void Judgement_ClockSet_IsAFaultAfterItsPatience(double hours)
    {
        var health = new JudgementHealth(_clock);
        health.Failed("It throws.");
        _clock.Correction = TimeSpan.FromHours(hours);
        Assert.Null(health.Fault);

        _clock.Advance(JudgementHealth.Patience);

        Assert.NotNull(health.Fault);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void Budget_ClockSet_StaysSpentUntilItsHourIsOver(double hours)
    {
        var budget = new BudgetGuard(new BudgetOptions { UsdPerHour = 1 }, _clock);
        budget.Add(new Spend(_clock.GetUtcNow(), 1, 10));
        _clock.Correction = TimeSpan.FromHours(hours);
        _clock.Advance(TimeSpan.FromMinutes(58));

        Assert.Equal(1, budget.Use.UsdInHour);
        Assert.Equal(_clock.GetUtcNow().AddMinutes(2), budget.Exhausted()!.RetryAt);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(budget.Exhausted());
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void Budget_ClockSetAndRestarted_StaysSpent(double hours)
    {
        var options = new BudgetOptions { UsdPerHour = 1 };
        var file = Path.Combine(_folder, "spending");
        var before = new BudgetGuard(options, _clock, new SpendingFile(file));
        before.Add(new Spend(_clock.GetUtcNow(), 1, 10));
        before.MoveWritten(TimeSpan.FromHours(hours));
        _clock.Correction = TimeSpan.FromHours(hours);

        var after = new BudgetGuard(options, _clock, new SpendingFile(file));

        Assert.NotNull(after.Exhausted());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(after.Exhausted());
    }

    [Fact]
    public void Budget_WrittenInTheFuture_CountsAsSpentNow()
    {
        var options = new BudgetOptions { UsdPerHour = 1 };
        var file = Path.Combine(_folder, "spending");
        new BudgetGuard(options, _clock, new SpendingFile(file)).Add(new Spend(_clock.GetUtcNow(), 1, 10));
        _clock.Correction = TimeSpan.FromHours(-25);

        var after = new BudgetGuard(options, _clock, new SpendingFile(file));

        Assert.NotNull(after.Exhausted());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(after.Exhausted());
    }
}
