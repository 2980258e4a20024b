using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Core.Llm;

namespace RolloutDashboard.Tests.Llm;

public sealed class BudgetGuardTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

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
