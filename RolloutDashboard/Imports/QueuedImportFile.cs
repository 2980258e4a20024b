using RolloutDashboard.Core.Import;

namespace RolloutDashboard.Imports;

/// <summary>One file on the desk: its state behind a lock, its bytes in a file of its own.</summary>
/// <param name="placedAt">Time stamp of its arrival.</param>
internal sealed class QueuedImportFile(string path, ImportItem first, long placedAt, Action changed)
    : IProgress<ImportProgress>,
        IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancelled = new();
    private ImportItem _now = first;

    public string Path => path;

    public long PlacedAt => placedAt;

    public CancellationToken Cancelled => _cancelled.Token;

    public ImportItem Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>Ends when what is going on has ended.</summary>
    public Task Working { get; set; } = Task.CompletedTask;

    /// <summary>Moves on from one of the phases given; false where it is in none of them.</summary>
    public bool Move(ReadOnlySpan<ImportPhase> from, Func<ImportItem, ImportItem> change)
    {
        lock (_lock)
        {
            if (!from.Contains(_now.Phase))
            {
                return false;
            }

            _now = change(_now);
        }

        changed();
        return true;
    }

    public void Report(ImportProgress value) =>
        Move([ImportPhase.Checking, ImportPhase.Importing], item => item with { Progress = value });

    public void Cancel() => _cancelled.Cancel();

    public void DeleteBytes() => File.Delete(path);

    public void Dispose() => _cancelled.Dispose();
}
