namespace RolloutDashboard.Live;

/// <summary>
/// Results of long computations, kept by their inputs. Everybody who asks for the same while it is computed waits for one
/// computation; it ends early only when the last of them has left. A computation that fails is not kept. Thread-safe.
/// </summary>
/// <param name="compute">Called on a thread of its own; equal keys must give equal results.</param>
/// <param name="capacity">Most results to keep; what was asked for longest ago goes first.</param>
internal sealed class SharedResults<TKey, TResult>(Func<TKey, IProgress<int>, CancellationToken, Task<TResult>> compute, int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Computation> _known = [];
    private readonly LinkedList<TKey> _latestFirst = new();

    /// <param name="progress">Told how far the computation is, also where somebody else began it; not called for a kept result.</param>
    /// <exception cref="OperationCanceledException">The token fired; those who wait for the same go on waiting.</exception>
    public async Task<TResult> GetAsync(TKey key, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var computation = Join(key, progress);
        try
        {
            return await computation.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, computation, progress);
        }
    }

    private Computation Join(TKey key, IProgress<int>? progress)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(key, out var computation))
            {
                _known[key] = computation = new Computation(key, compute);
            }

            computation.Join(progress);
            _latestFirst.Remove(key);
            _latestFirst.AddFirst(key);
            return computation;
        }
    }

    private void Leave(TKey key, Computation computation, IProgress<int>? progress)
    {
        lock (_lock)
        {
            computation.Leave(progress);
            if (!computation.IsKeepable && _known.TryGetValue(key, out var known) && ReferenceEquals(known, computation))
            {
                Forget(key);
            }

            // What is being computed is not given up for room: somebody waits for it.
            for (var node = _latestFirst.Last; node is not null && _known.Count > capacity;)
            {
                var older = node.Previous;
                if (_known[node.Value].Result.IsCompleted)
                {
                    Forget(node.Value);
                }

                node = older;
            }
        }
    }

    private void Forget(TKey key)
    {
        _known.Remove(key);
        _latestFirst.Remove(key);
    }

    private sealed class Computation : IProgress<int>, IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();
        private IProgress<int>[] _listeners = [];
        private int _waiting;

        public Computation(TKey key, Func<TKey, IProgress<int>, CancellationToken, Task<TResult>> compute) =>
            Result = Task.Run(() => compute(key, this, _abandoned.Token), CancellationToken.None);

        public Task<TResult> Result { get; }

        /// <summary>There, or on its way with somebody waiting.</summary>
        public bool IsKeepable => Result.IsCompletedSuccessfully || (!Result.IsCompleted && _waiting > 0);

        public void Join(IProgress<int>? listener)
        {
            _waiting++;
            _listeners = listener is null ? _listeners : [.. _listeners, listener];
        }

        public void Leave(IProgress<int>? listener)
        {
            _waiting--;
            _listeners = [.. _listeners.Where(one => !ReferenceEquals(one, listener))];
            if (_waiting == 0 && !Result.IsCompleted)
            {
                _ = AbandonAsync();
            }
            else if (_waiting == 0)
            {
                Dispose();
            }
        }

        public void Dispose() => _abandoned.Dispose();

        public void Report(int value) => Array.ForEach(_listeners, listener => listener.Report(value));

        // What the cancellation ends may take long, or ask for something itself: so not while the lock is held.
        private async Task AbandonAsync()
        {
            await _abandoned.CancelAsync().ConfigureAwait(false);
            await ((Task)Result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Dispose();
        }
    }
}
