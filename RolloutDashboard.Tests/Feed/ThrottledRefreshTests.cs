using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Feed;
using RolloutDashboard.Tests.Support;

namespace RolloutDashboard.Tests.Feed;

public sealed class ThrottledRefreshTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly FakeTimeProvider _clock = new(Scripted.Start);
    private readonly SemaphoreSlim _looked = new(0);
    private int _looks;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _looked.Dispose();

    [Fact]
    public async Task Start_WithoutNews_LooksOnce()
    {
        var feed = new ScriptedLiveView(_clock);

        await using var look = new ThrottledRefresh(feed, LookAsync, Pause, _clock);
        await _looked.WaitAsync(Token);

        Assert.Equal(1, _looks);
        Assert.Equal(1, feed.Subscribers);
    }

    [Fact]
    public async Task Burst_WithinThePause_IsOneLook()
    {
        var feed = new ScriptedLiveView(_clock);
        await using var look = new ThrottledRefresh(feed, LookAsync, Pause, _clock);
        await _looked.WaitAsync(Token);

        for (var i = 0; i < 50; i++)
        {
            await feed.TellAsync();
        }

        await AdvanceUntilLookedAsync();

        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task NewsDuringALook_IsNotMissed()
    {
        var feed = new ScriptedLiveView(_clock);
        var release = new TaskCompletionSource();
        await using var look = new ThrottledRefresh(
            feed,
            async _ =>
            {
                Interlocked.Increment(ref _looks);
                _looked.Release();
                await release.Task;
            },
            Pause,
            _clock
        );
        await _looked.WaitAsync(Token);

        await feed.TellAsync();
        release.SetResult();
        await AdvanceUntilLookedAsync();

        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task Dispose_EndsSubscriptionAndLooks()
    {
        var feed = new ScriptedLiveView(_clock);
        var look = new ThrottledRefresh(feed, LookAsync, Pause, _clock);
        await _looked.WaitAsync(Token);

        await look.DisposeAsync();

        Assert.Equal(0, feed.Subscribers);
    }

    private Task LookAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        _looked.Release();
        return Task.CompletedTask;
    }

    // The loop arms its timer on another thread, so time is moved until it has seen it.
    private async Task AdvanceUntilLookedAsync()
    {
        for (var i = 0; i < 400; i++)
        {
            _clock.Advance(Pause);
            if (await _looked.WaitAsync(TimeSpan.FromMilliseconds(25), Token))
            {
                return;
            }
        }

        Assert.Fail("No second look.");
    }
}
