namespace RolloutDashboard.Live;

/// <summary>
/// One reading at a time for everyone who looks at the same thing. Who asks while nothing has changed gets the latest one;
/// the others wait together for the next, which begins no sooner than a pause after the latest has ended.
/// </summary>
/// <param name="version">Another number after each change; asked before a reading begins.</param>
/// <param name="pause">Least time between the end of one reading and the start of the next.</param>
/// <param name="life">A reading older than this is done again even without a change.</param>
internal sealed class SharedReading<T>(Func<Task<T>> read, Func<long> version, TimeSpan pause, TimeSpan life, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Reading? _latest;
    private Task<T>? _next;

    /// <summary>A reading that has seen everything which changed before the call.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_latest is { } latest && latest.Version == version() && clock.GetElapsedTime(latest.Began) < life && !latest.Value.IsFaulted)
            {
                return latest.Value.WaitAsync(cancellationToken);
            }

            // On a thread of its own, so that it ends after the assignment, and never on the caller's circuit.
            var before = _latest;
            return (_next ??= Task.Run(() => ReadNextAsync(before), CancellationToken.None)).WaitAsync(cancellationToken);
        }
    }

    private async Task<T> ReadNextAsync(Reading? before)
    {
        if (before is not null)
        {
            var rest = pause - clock.GetElapsedTime(await before.Ended.ConfigureAwait(false));
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, clock).ConfigureAwait(false);
            }
        }

        Task<T> value;
        lock (_lock)
        {
            (var seen, var began) = (version(), clock.GetTimestamp());
            value = Task.Run(read);
            var ended = value.ContinueWith(_ => clock.GetTimestamp(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            (_latest, _next) = (new Reading(seen, began, value, ended), null);
        }

        return await value.ConfigureAwait(false);
    }

    private sealed record Reading(long Version, long Began, Task<T> Value, Task<long> Ended);
}
