using Microsoft.Extensions.Time.Testing;
using RolloutDashboard.Feed;

namespace RolloutDashboard.Tests.Feed;

public sealed class CoalescedQueryTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly FakeTimeProvider _clock = new();
    private readonly List<TaskCompletionSource<int>> _readings = [];
    private readonly CoalescedQuery<int> _shared;
    private readonly SemaphoreSlim _began = new(0);
    private long _version;
    private TimeSpan _drawn;

    public CoalescedQueryTests() =>
        _shared = new CoalescedQuery<int>(
            ReadAsync,
            () => _version,
            Pause,
            () => _drawn,
            TimeSpan.FromSeconds(5),
            _clock
        );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _began.Dispose();

    [Fact]
    public async Task Get_NothingChanged_GivesTheSameReading()
    {
        var first = _shared.GetAsync(Token);
        await EndAsync(0, 7);
        Assert.Equal(7, await first);

        Assert.Equal(7, await _shared.GetAsync(Token));
        Assert.Single(_readings);
    }

    [Fact]
    public async Task Get_ChangedDuringAReading_WaitsForTheNextWhichServesAll()
    {
        var first = _shared.GetAsync(Token);
        await _began.WaitAsync(Token);
        _version++;
        var late = new[] { _shared.GetAsync(Token), _shared.GetAsync(Token) };
        _readings[0].SetResult(1);
        Assert.Equal(1, await first);
        await AdvanceUntilBegunAsync();
        _readings[1].SetResult(2);

        var served = await Task.WhenAll(late);
        Assert.Equal([2, 2], served);
        Assert.Equal(2, _readings.Count);
    }

    [Fact]
    public async Task Get_AfterAFailure_ReadsAgain()
    {
        var first = _shared.GetAsync(Token);
        await _began.WaitAsync(Token);
        _readings[0].SetException(new InvalidOperationException("locked"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);

        var second = _shared.GetAsync(Token);
        await AdvanceUntilBegunAsync();
        _readings[1].SetResult(3);

        Assert.Equal(3, await second);
    }

    [Fact]
    public async Task Get_GrownOld_ReadsAgainWithoutAChange()
    {
        var first = _shared.GetAsync(Token);
        await EndAsync(0, 1);
        await first;
        _clock.Advance(TimeSpan.FromSeconds(6));

        var second = _shared.GetAsync(Token);
        await AdvanceUntilBegunAsync();
        _readings[1].SetResult(2);

        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Get_ChangedLongAfterTheLatest_ReadsAtOnce()
    {
        var first = _shared.GetAsync(Token);
        await EndAsync(0, 1);
        await first;
        _clock.Advance(Pause);
        _version++;

        var second = _shared.GetAsync(Token);
        await EndAsync(1, 2);

        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Get_ChangedSoonAfterTheLatest_WaitsForTheRestOfThePause()
    {
        var first = _shared.GetAsync(Token);
        await EndAsync(0, 1);
        await first;
        _clock.Advance(Pause - TimeSpan.FromMilliseconds(1));
        _version++;

        var second = _shared.GetAsync(Token);
        Assert.False(await _began.WaitAsync(TimeSpan.FromMilliseconds(200), Token));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await EndAsync(1, 2);

        Assert.Equal(2, await second);
    }

    [Theory]
    [InlineData(100, 2400)]
    [InlineData(10, 250)]
    [InlineData(60_000, 8000)]
    public async Task Get_ChangedWhilePagesWereDrawn_RestsForTheDrawingWithinBounds(int drawnMilliseconds, int waited)
    {
        var first = _shared.GetAsync(Token);
        await EndAsync(0, 1);
        await first;
        _version++;

        // The drawing goes on while the next reading is asked for.
        var second = _shared.GetAsync(Token);
        _drawn = TimeSpan.FromMilliseconds(drawnMilliseconds);
        _clock.Advance(TimeSpan.FromMilliseconds(waited - 1));
        Assert.False(await _began.WaitAsync(TimeSpan.FromMilliseconds(200), Token));
        await AdvanceUntilBegunAsync();
        _readings[1].SetResult(2);

        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Hurry_WhilePagesRest_ReadsAfterThePauseAndOnlyThen()
    {
        var first = _shared.GetAsync(Token);
        await EndAsync(0, 1);
        await first;
        _version++;
        _drawn = TimeSpan.FromSeconds(1);
        var second = _shared.GetAsync(Token);
        Assert.False(await _began.WaitAsync(TimeSpan.FromMilliseconds(100), Token));

        _shared.Hurry();
        Assert.False(await _began.WaitAsync(TimeSpan.FromMilliseconds(100), Token));
        _clock.Advance(Pause);
        await EndAsync(1, 2);
        Assert.Equal(2, await second);

        // The next one rests again.
        _version++;
        _drawn = TimeSpan.FromSeconds(2);
        var third = _shared.GetAsync(Token);
        _clock.Advance(Pause);
        Assert.False(await _began.WaitAsync(TimeSpan.FromMilliseconds(100), Token));
        await AdvanceUntilBegunAsync();
        _readings[2].SetResult(3);
        Assert.Equal(3, await third);
    }

    private async Task EndAsync(int reading, int value)
    {
        await _began.WaitAsync(Token);
        _readings[reading].SetResult(value);
    }

    // The pause begins some moments after what it waits for.
    private async Task AdvanceUntilBegunAsync()
    {
        while (!await _began.WaitAsync(TimeSpan.FromMilliseconds(5), Token))
        {
            _clock.Advance(Pause);
        }
    }

    private Task<int> ReadAsync()
    {
        var reading = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _readings.Add(reading);
        _began.Release();
        return reading.Task;
    }
}
