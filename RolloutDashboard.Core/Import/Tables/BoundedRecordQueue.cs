using System.Collections.Concurrent;
using RolloutDashboard.Core.Import.Records;

namespace RolloutDashboard.Core.Import.Tables;

/// <summary>
/// Hands records over to a thread that writes them, so that reading and writing use a core each. Holds a few batches of
/// bounded size, whatever the writer's speed.
/// </summary>
internal sealed class BoundedRecordQueue : IDisposable
{
    private const int BatchRecords = 256;
    private const int BatchCharacters = 1024 * 1024;
    private const int WaitingBatches = 4;
    private readonly BlockingCollection<List<DerivedRecord>> _waiting = new(WaitingBatches);
    private readonly CancellationTokenSource _stop;
    private readonly Task _writing;
    private List<DerivedRecord> _batch = new(BatchRecords);
    private long _characters;

    /// <param name="write">Called on one thread, in order.</param>
    public BoundedRecordQueue(Action<DerivedRecord> write, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _writing = Task.Factory.StartNew(
            () => WriteAll(write),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    /// <exception cref="OperationCanceledException">Cancelled, or the writer failed; <see cref="Finish"/> tells
    /// which.</exception>
    public void Add(DerivedRecord record)
    {
        _batch.Add(record);
        _characters +=
            (record.Declared.Code?.Length ?? 0)
            + (record.Parameters?.Length ?? 0)
            + (record.Declared.ErrorMessage?.Length ?? 0);
        if (_batch.Count >= BatchRecords || _characters >= BatchCharacters)
        {
            Hand();
        }
    }

    /// <summary>Waits until everything is written; throws what the writer threw.</summary>
    public void Finish()
    {
        if (!_stop.IsCancellationRequested)
        {
            Hand();
        }

        _waiting.CompleteAdding();
        _writing.GetAwaiter().GetResult();
    }

    /// <summary>Ends the writer, whatever is still waiting.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_writing).AsyncWaitHandle.WaitOne();
        _waiting.Dispose();
        _stop.Dispose();
    }

    private void Hand()
    {
        _waiting.Add(_batch, _stop.Token);
        (_batch, _characters) = (new(BatchRecords), 0);
    }

    private void WriteAll(Action<DerivedRecord> write)
    {
        try
        {
            foreach (var batch in _waiting.GetConsumingEnumerable(_stop.Token))
            {
                batch.ForEach(write);
            }
        }
        finally
        {
            // The reader must not wait for a writer that is gone.
            _stop.Cancel();
        }
    }
}
