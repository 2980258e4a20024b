using System.Threading.Channels;

namespace RolloutDashboard.Feed;

/// <summary>
/// Folds bursts of "changed" into single looks with a pause between them. It subscribes before the first look,
/// so that nothing which happens during that look is missed.
/// </summary>
public sealed class ThrottledRefresh : IAsyncDisposable
{
    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<CancellationToken, Task> _look;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private readonly Task _loop;

    /// <param name="look">Never called twice at the same time. Its failures are its own; one ends the loop and comes
    /// out of <see cref="DisposeAsync"/>.</param>
    /// <param name="pause">Least time between the end of one look and the start of the next.</param>
    public ThrottledRefresh(IRolloutFeed feed, Func<CancellationToken, Task> look, TimeSpan pause, TimeProvider clock)
    {
        _look = look;
        _pause = pause;
        _clock = clock;
        _subscription = feed.Subscribe(() =>
        {
            Request();
            return Task.CompletedTask;
        });
        Request();
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    /// <summary>Asks for a look; several requests before the next one are one.</summary>
    public void Request() => _wanted.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _subscription.Dispose();
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in _wanted.Reader.ReadAllAsync(cancellationToken))
            {
                await _look(cancellationToken);
                await Task.Delay(_pause, _clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The person left.
        }
    }
}
