using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Background;
using RolloutDashboard.Core.Nodes;

namespace RolloutDashboard.Tests.Background;

public sealed class DatabaseTasksTests : IRolloutChanges, IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly SemaphoreSlim _published = new(0);

    CancellationToken IHostApplicationLifetime.ApplicationStarted => CancellationToken.None;

    CancellationToken IHostApplicationLifetime.ApplicationStopping => _stopping.Token;

    CancellationToken IHostApplicationLifetime.ApplicationStopped => CancellationToken.None;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryStart_WhileOneGoesOn_IsRefusedAndLeavesIt()
    {
        var tasks = Tasks();
        var end = new TaskCompletionSource<(bool, IReadOnlyList<string>)>();
        Assert.True(tasks.TryStart("Backup", "ann", _ => end.Task));

        Assert.False(tasks.TryStart("Restore", "ben", _ => throw new InvalidOperationException("must not run")));

        Assert.Equal(("Backup", "ann", null), (tasks.Latest!.Name, tasks.Latest.Actor, tasks.Latest.EndedAt));
        end.SetResult((true, ["done"]));
        await PublishedAsync(2);
        Assert.Equal(
            (true, "done", _clock.GetUtcNow()),
            (tasks.Latest.Succeeded, tasks.Latest.Outcome[0], tasks.Latest.EndedAt)
        );
        Assert.True(tasks.TryStart("Restore", "ben", _ => end.Task));
    }

    [Fact]
    public async Task TryStart_WorkThrows_EndsAsFailedWithItsWords()
    {
        var tasks = Tasks();

        tasks.TryStart("Backup", "ann", _ => throw new IOException("no space left"));
        await PublishedAsync(2);

        Assert.Equal((false, "no space left"), (tasks.Latest!.Succeeded, tasks.Latest.Outcome[0]));
        Assert.NotNull(tasks.Latest.EndedAt);
    }

    [Fact]
    public async Task Stopping_ReachesTheWork()
    {
        var tasks = Tasks();
        tasks.TryStart("Backup", "ann", async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return (true, []);
        });

        await _stopping.CancelAsync();
        await PublishedAsync(2);

        Assert.Equal(false, tasks.Latest!.Succeeded);
    }

    void IRolloutChanges.Publish() => _published.Release();

    void IHostApplicationLifetime.StopApplication() => _stopping.Cancel();

    public void Dispose()
    {
        _published.Dispose();
        _stopping.Dispose();
    }

    private DatabaseTasks Tasks() => new(this, this, _clock, NullLogger<DatabaseTasks>.Instance);

    private async Task PublishedAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _published.WaitAsync(Token);
        }
    }
}
