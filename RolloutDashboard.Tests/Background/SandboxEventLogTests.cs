using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RolloutDashboard.Background;
using RolloutDashboard.Core.Strategies.FullCode.Hosts;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Background;

/// <summary>A fall back to a weaker isolation, and the way back from it, are logged and stored.</summary>
public sealed class SandboxEventLogTests
{
    private static readonly SandboxStatus s_full = new(true, "bubblewrap", "All layers.");
    private static readonly SandboxStatus s_reduced = new(
        false,
        "reduced isolation",
        "Missing: namespaces of their own (bubblewrap is not installed)."
    );

    [Fact]
    public async Task Report_ReducedThenFull_LeavesLogLinesAndEvents()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var lines = new Lines();
        using var log = new SandboxEventLog(rollout.Databases, TimeProvider.System, lines);

        log.Report(s_reduced);
        log.Report(s_full);
        await log.StartAsync(TestRollout.Token);

        await WaitForAsync(rollout, 2);
        await log.StopAsync(TestRollout.Token);
        await using var db = rollout.Db();
        var events = await db
            .Events.Where(one => one.Source == "Sandbox")
            .OrderBy(one => one.Id)
            .ToListAsync(TestRollout.Token);
        Assert.Equal([AlertSeverity.Warning, AlertSeverity.Info], events.Select(one => one.Severity));
        Assert.Contains("bubblewrap is not installed", events[0].Text, StringComparison.Ordinal);
        Assert.Contains(lines.All, line =>
            line.Level == LogLevel.Warning
            && line.Message.Contains("bubblewrap is not installed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Report_FullFromTheStart_IsALogLineOnly()
    {
        await using var rollout = await TestRollout.OpenAsync();
        var lines = new Lines();
        using var log = new SandboxEventLog(rollout.Databases, TimeProvider.System, lines);

        log.Report(s_full);
        log.Report(s_reduced);
        await log.StartAsync(TestRollout.Token);

        await WaitForAsync(rollout, 1);
        await log.StopAsync(TestRollout.Token);
        await using var db = rollout.Db();
        Assert.Equal(1, await db.Events.CountAsync(one => one.Source == "Sandbox", TestRollout.Token));
        Assert.Equal(LogLevel.Information, lines.All[0].Level);
    }

    private static async Task WaitForAsync(TestRollout rollout, int count)
    {
        await using var db = rollout.Db();
        while (await db.Events.CountAsync(one => one.Source == "Sandbox", TestRollout.Token) < count)
        {
            await Task.Delay(50, TestRollout.Token);
        }
    }

    private sealed class Lines : ILogger<SandboxEventLog>
    {
        public List<(LogLevel Level, string Message)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => All.Add((logLevel, formatter(state, exception)));
    }
}
