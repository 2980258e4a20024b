namespace RolloutDashboard.Turns;

/// <summary>
/// Lets large files be written piece by piece, one piece at a time in the whole process, with a rest that is longer
/// than the write was: each commit of the database waits for the same disk, and a stop must not wait behind gigabytes.
/// Thread-safe.
/// </summary>
public sealed class BulkWrites(TimeProvider clock) : IDisposable
{
    /// <summary>Bytes that are written to the disk in one go.</summary>
    public const int Piece = 4 * 1024 * 1024;

    // So the disk is the database's for seven eighths of the time, however slow it is.
    private const int RestsForEachWrite = 7;
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Runs a write of at most <see cref="Piece"/> that ends when its bytes are on the disk, and
    /// rests.</summary>
    public async Task RunAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var began = clock.GetTimestamp();
            await write().ConfigureAwait(false);
            await Task.Delay(RestsForEachWrite * clock.GetElapsedTime(began), clock, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Writes a piece on the calling thread, for work that has a thread of its own.</summary>
    public void Write(FileStream file, ReadOnlyMemory<byte> piece) =>
        RunAsync(
                () =>
                {
                    file.Write(piece.Span);
                    file.Flush(flushToDisk: true);
                    return Task.CompletedTask;
                },
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();

    public void Dispose() => _one.Dispose();
}
