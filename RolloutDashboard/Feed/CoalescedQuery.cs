namespace RolloutDashboard.Feed;

/// <summary>
/// One reading at a time for everyone who looks at the same thing. Who asks while nothing has changed gets the latest
/// one; the others wait together for the next, which begins no sooner than a pause after the latest has ended, and no
/// sooner than several times as long as drawing the latest took: many pages are not drawn at the expense of what they
/// show.
/// </summary>
/// <param name="version">Another number after each change; asked before a reading begins.</param>
/// <param name="pause">Least time between the end of one reading and the start of the next.</param>
/// <param name="drawn">How long readings have been drawn so far.</param>
/// <param name="life">A reading older than this is done again even without a change.</param>
internal sealed class CoalescedQuery<T>(
    Func<Task<T>> read,
    Func<long> version,
    TimeSpan pause,
    Func<TimeSpan> drawn,
    TimeSpan life,
    TimeProvider clock
)
{
    // What is counted is about a third of what a drawing costs, since sending, charts and answers come after it: all of
    // it takes at most an eighth of the time, until pages would stand still for longer than people put up with.
    private const int RestsForEachDrawing = 24;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(8);
    private readonly Lock _lock = new();
    private Reading? _latest;
    private Task<T>? _next;
    private TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the next reading begin as soon as the pause is over, however long drawing took: somebody acted and
    /// wants to see what came of it.</summary>
    public void Hurry()
    {
        lock (_lock)
        {
            _hurry.TrySetResult();
        }
    }

    /// <summary>A reading that has seen everything which changed before the call.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (
                _latest is { } latest
                && latest.Version == version()
                && clock.GetElapsedTime(latest.Began) < life
                && !latest.Value.IsFaulted
            )
            {
                return latest.Value.WaitAsync(cancellationToken);
            }

            // On a thread of its own, so that it ends after the assignment, and never on the caller's circuit.
            var before = _latest;
            return (_next ??= Task.Run(() => ReadNextAsync(before), CancellationToken.None)).WaitAsync(
                cancellationToken
            );
        }
    }

    private async Task<T> ReadNextAsync(Reading? before)
    {
        if (before is not null)
        {
            var (ended, drawnBefore) = await before.Ended.ConfigureAwait(false);
            while (Rest(drawnBefore, out var hurry) - clock.GetElapsedTime(ended) is var rest && rest > TimeSpan.Zero)
            {
                var wait = Task.Delay(rest, clock);
                await (hurry.IsCompleted ? wait : Task.WhenAny(wait, hurry)).ConfigureAwait(false);
            }
        }

        Task<T> value;
        lock (_lock)
        {
            (var seen, var began) = (version(), clock.GetTimestamp());
            value = Task.Run(read);
            var ended = value.ContinueWith(
                _ => (clock.GetTimestamp(), drawn()),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            (_latest, _next) = (new Reading(seen, began, value, ended), null);
            _hurry = _hurry.Task.IsCompleted
                ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                : _hurry;
        }

        return await value.ConfigureAwait(false);
    }

    // Asked again after each wait, since pages may still be drawing.
    private TimeSpan Rest(TimeSpan drawnBefore, out Task hurry)
    {
        lock (_lock)
        {
            hurry = _hurry.Task;
        }

        var rest = RestsForEachDrawing * (drawn() - drawnBefore);
        return rest < pause || hurry.IsCompleted ? pause
            : rest > LongestRest ? LongestRest
            : rest;
    }

    private sealed record Reading(long Version, long Began, Task<T> Value, Task<(long At, TimeSpan Drawn)> Ended);
}
