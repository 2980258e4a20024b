using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Llm.Budget;

namespace RolloutDashboard.Tests.Llm.Budget;

public sealed class BudgetGuardTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("budget-test-").FullName;

    private string Spending => Path.Combine(_folder, "spending");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Exhausted_AfterARestart_IsStillExhausted()
    {
        var options = new BudgetOptions { UsdPerHour = 1, TokensPerDay = 1000 };
        var before = new BudgetGuard(options, _time, new SpendingFile(Spending));
        before.Add(new Spend(_time.GetUtcNow(), 0.7, 100));
        before.Add(new Spend(_time.GetUtcNow(), 0.31, 100));

        var after = new BudgetGuard(options, _time, new SpendingFile(Spending));

        Assert.Equal(before.Exhausted()!.Message, after.Exhausted()!.Message);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(new BudgetGuard(options, _time, new SpendingFile(Spending)).Exhausted());
    }

    [Fact]
    public void Exhausted_AfterARestart_UnknownDollarsStillCountInTokens()
    {
        var options = new BudgetOptions { TokensPerDay = 100 };
        new BudgetGuard(options, _time, new SpendingFile(Spending)).Add(new Spend(_time.GetUtcNow(), null, 100));

        Assert.NotNull(new BudgetGuard(options, _time, new SpendingFile(Spending)).Exhausted());
    }

    [Fact]
    public void Since_TornAndOldLines_AreLeftOutAndForgotten()
    {
        var file = new SpendingFile(Spending);
        file.Append(new Spend(_time.GetUtcNow().AddDays(-2), 5, 5));
        file.Append(new Spend(_time.GetUtcNow(), 0.1, 7));
        File.AppendAllText(Spending, "2026-01-01T12:00:00.00");

        Assert.Equal([new Spend(_time.GetUtcNow(), 0.1, 7)], file.Since(_time.GetUtcNow().AddDays(-1)));
        Assert.Single(File.ReadAllLines(Spending));
    }

    [Fact]
    public void Exhausted_NoLimit_IsNull()
    {
        var guard = new BudgetGuard(new BudgetOptions(), _time);
        guard.Add(new Spend(_time.GetUtcNow(), 1e6, 1_000_000_000));

        Assert.Null(guard.Exhausted());
    }

    [Fact]
    public void Exhausted_HourSpent_EasesWhenTheOldestMinuteLeaves()
    {
        var guard = new BudgetGuard(new BudgetOptions { UsdPerHour = 1 }, _time);
        guard.Add(new Spend(_time.GetUtcNow(), 0.6, 10));
        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(guard.Exhausted());
        guard.Add(new Spend(_time.GetUtcNow(), 0.4, 10));

        var exhausted = guard.Exhausted();

        Assert.NotNull(exhausted);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 13, 0, 0, TimeSpan.Zero), exhausted.RetryAt);
        Assert.Contains("1.00 of 1.00 US dollars", exhausted.Message, StringComparison.Ordinal);
        _time.SetUtcNow(exhausted.RetryAt!.Value.AddSeconds(-61));
        Assert.NotNull(guard.Exhausted());
        _time.SetUtcNow(exhausted.RetryAt!.Value);
        Assert.Null(guard.Exhausted());
    }

    [Fact]
    public void Exhausted_TokensOfTheDay_CountAlsoWhereDollarsAreUnknown()
    {
        var guard = new BudgetGuard(new BudgetOptions { TokensPerDay = 100 }, _time);
        guard.Add(new Spend(_time.GetUtcNow().AddHours(-23), null, 60));
        guard.Add(new Spend(_time.GetUtcNow().AddHours(-25), null, 60));
        Assert.Null(guard.Exhausted());

        guard.Add(new Spend(_time.GetUtcNow(), null, 40));

        Assert.Contains("day", guard.Exhausted()!.Message, StringComparison.Ordinal);
    }
}
