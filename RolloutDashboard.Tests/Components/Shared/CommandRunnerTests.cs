using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Commands;
using RolloutDashboard.Components.Shared;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Components.Shared;

public sealed class CommandRunnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Command_ReportsTheServersWordsAndLooksAgain()
    {
        await using var page = new PageContext();
        var runner = page.Services.GetRequiredService<CommandRunner>();

        var result = await runner.RunAsync("Start", (user, token) => page.Rollout.StartLoopAsync(user, token), Token);

        Assert.Equal(page.Rollout.Answer, result);
        Assert.NotNull(page.Session.Snapshot);
        Assert.False(runner.IsBusy);
    }

    [Fact]
    public async Task Run_WhileAnotherRuns_IsRefused()
    {
        await using var page = new PageContext();
        var runner = page.Services.GetRequiredService<CommandRunner>();
        var gate = new TaskCompletionSource<CommandResult>();
        var first = runner.RunAsync("Stop", (_, _) => gate.Task, Token);

        var second = await runner.RunAsync("Stop", (_, _) => gate.Task, Token);
        gate.SetResult(new CommandResult(true, "stopped"));

        Assert.Equal(new CommandResult(false, "Another command is still running."), second);
        Assert.True((await first).Succeeded);
    }

    [Fact]
    public async Task Run_CommandThrows_FailsWithItsWords()
    {
        await using var page = new PageContext();
        var runner = page.Services.GetRequiredService<CommandRunner>();

        var result = await runner.RunAsync(
            "Start",
            (_, _) => throw new InvalidOperationException("the disk is full"),
            Token
        );

        Assert.False(result.Succeeded);
        Assert.Contains("the disk is full", result.Message, StringComparison.Ordinal);
        Assert.False(runner.IsBusy);
    }

    [Fact]
    public async Task Run_NoAnswerInTime_SaysThatTheOutcomeIsUnknown()
    {
        await using var page = new PageContext();
        var runner = page.Services.GetRequiredService<CommandRunner>();
        var running = runner.RunAsync(
            "Roll back",
            async (_, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return new CommandResult(true, "never");
            },
            Token
        );

        page.Clock.Advance(CommandRunner.TimeLimit);

        Assert.Contains("no answer", (await running).Message, StringComparison.Ordinal);
    }
}
