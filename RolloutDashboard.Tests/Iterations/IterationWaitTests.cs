using Microsoft.Data.Sqlite;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Iterations;

public sealed class IterationWaitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Causes => ["provider", "budget", "sandbox", "storage"];

    [Theory]
    [MemberData(nameof(Causes))]
    public async Task UntilDone_CancelledWhileTheTryFails_IsCancelledAndNoFailure(string cause)
    {
        await using var rollout = await TestRollout.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        var wait = new IterationWait(rollout, TestEngine.Trouble, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            wait.UntilDoneAsync<int>(
                async _ =>
                {
                    await cancelled.CancelAsync();
                    throw Of(cause);
                },
                cancelled.Token
            )
        );

        Assert.Equal(0, rollout.Held);
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public async Task UntilDone_WhatIsWaitedForPasses_GivesTheAnswer(string cause)
    {
        await using var rollout = await TestRollout.OpenAsync();
        var tries = 0;

        var answer = await new IterationWait(rollout, TestEngine.Trouble, new EagerTime()).UntilDoneAsync(
            _ => ++tries < 3 ? throw Of(cause) : Task.FromResult(7),
            Token
        );

        Assert.Equal((7, 3, 2, 0), (answer, tries, rollout.Waited.Count, rollout.Held));
    }

    private static Exception Of(string cause) =>
        cause switch
        {
            "provider" => new AllProvidersDownException("All LLM providers are down.", null),
            "budget" => new BudgetExhaustedException("The budget is spent.", DateTimeOffset.MaxValue),
            "sandbox" => new SandboxUnavailableException("The compile host did not start."),
            _ => new SqliteException("database or disk is full", 13),
        };
}
