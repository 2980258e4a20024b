using RolloutDashboard.Turns;

namespace RolloutDashboard.Studies;

/// <summary>
/// Results of long computations, kept by their inputs. Everybody who asks for the same while it is computed waits for
/// one computation. Where all have left, it goes on until its result is there or another is asked for, so that who
/// comes back finds it; where the last one stopped it, it ends. A computation that fails is not kept. Thread-safe.
/// </summary>
/// <param name="compute">Called in a turn; equal keys must give equal results.</param>
/// <param name="capacity">Most results to keep; what was asked for longest ago goes first.</param>
/// <param name="turns">Where it waits for its turn, as that of everybody who waits for it.</param>
/// <param name="question">What a key asks for, apart from what the answer is made from now; null where keys are made of
/// nothing else.</param>
internal sealed class DeduplicatedJobs<TKey, TResult>(
    Func<TKey, IProgress<int>, CancellationToken, Task<TResult>> compute,
    int capacity,
    TurnQueue turns,
    TimeProvider clock,
    Func<TKey, object>? question = null
)
    where TKey : notnull
{
    /// <summary>So long a result answers its question although something it is made from has changed.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<Computation> _latestFirst = [];

    /// <param name="waiting">Told how far the computation is, also where somebody else began it; null for who only
    /// wants the result.</param>
    /// <param name="leaving">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    /// <exception cref="TurnsBusyException">As much as may wait for this person is waiting.</exception>
    public async Task<DeduplicatedJob<TResult>> GetAsync(TKey key, JobSubscription? waiting, CancellationToken leaving)
    {
        leaving.ThrowIfCancellationRequested();
        var computation = Join(key, waiting);
        try
        {
            var value = await computation.Result.WaitAsync(leaving).ConfigureAwait(false);
            return new DeduplicatedJob<TResult>(value, computation.At, computation.Key.Equals(key));
        }
        finally
        {
            Leave(computation, waiting);
        }
    }

    private Computation Join(TKey key, JobSubscription? waiting)
    {
        lock (_lock)
        {
            if ((_latestFirst.Find(one => one.IsOfUse && one.Key.Equals(key)) ?? FindRecent(key, waiting)) is { } known)
            {
                _latestFirst.Remove(known);
                _latestFirst.Insert(0, known);
                known.Join(waiting);
                return known;
            }

            AbandonLeft();
            var computation = new Computation(key, compute, turns, waiting?.Person ?? "", clock.GetUtcNow());
            computation.Join(waiting);
            _latestFirst.Insert(0, computation);
            Trim();
            _ = EndAsync(computation);
            return computation;
        }
    }

    private Computation? FindRecent(TKey key, JobSubscription? waiting) =>
        question is null || waiting is { WantsLatest: true }
            ? null
            : _latestFirst.Find(one =>
                one.IsOfUse
                && question(one.Key).Equals(question(key))
                && (one.Ended is not { } ended || clock.GetElapsedTime(ended) < Recent)
            );

    private void Leave(Computation computation, JobSubscription? waiting)
    {
        lock (_lock)
        {
            computation.Leave(waiting?.Progress);
            if (!computation.IsLeft)
            {
                return;
            }

            // Who goes on to another question may have asked it before the first is left.
            if (waiting is { IsStopped: true } || _latestFirst.Exists(one => !one.Result.IsCompleted && !one.IsLeft))
            {
                Abandon(computation);
            }
            else
            {
                AbandonLeft(but: computation);
            }
        }
    }

    // However many addresses somebody opens and leaves, one computation goes on for nobody.
    private void AbandonLeft(Computation? but = null)
    {
        foreach (var left in _latestFirst.Where(one => one.IsLeft && !ReferenceEquals(one, but)).ToArray())
        {
            Abandon(left);
        }
    }

    private void Abandon(Computation computation)
    {
        computation.Abandon();
        _latestFirst.Remove(computation);
    }

    // What is being computed is not given up for room.
    private void Trim()
    {
        for (var i = _latestFirst.Count - 1; i >= 0 && _latestFirst.Count > capacity; i--)
        {
            if (_latestFirst[i].Result.IsCompleted)
            {
                _latestFirst.RemoveAt(i);
            }
        }
    }

    private async Task EndAsync(Computation computation)
    {
        await ((Task)computation.Result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task abandoned;
        lock (_lock)
        {
            computation.Ended = clock.GetTimestamp();
            abandoned = computation.Abandoned;
            if (!computation.Result.IsCompletedSuccessfully)
            {
                _latestFirst.Remove(computation);
            }

            Trim();
        }

        await abandoned.ConfigureAwait(false);
        computation.Dispose();
    }

    private sealed class Computation : IProgress<int>, IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();
        private readonly Turn<TResult> _turn;
        private IProgress<int>[] _listeners = [];
        private int _waiting;
        private int? _progress;

        public Computation(
            TKey key,
            Func<TKey, IProgress<int>, CancellationToken, Task<TResult>> compute,
            TurnQueue turns,
            string person,
            DateTimeOffset at
        )
        {
            (Key, At) = (key, at);
            _turn = turns.Ask(person, (progress, token) => compute(key, progress, token), this, _abandoned.Token);
        }

        public TKey Key { get; }

        public DateTimeOffset At { get; }

        public Task<TResult> Result => _turn.Result;

        /// <summary>Timestamp; null until the end was noticed.</summary>
        public long? Ended { get; set; }

        public Task Abandoned { get; private set; } = Task.CompletedTask;

        /// <summary>There, or on its way.</summary>
        public bool IsOfUse => Result.IsCompletedSuccessfully || !Result.IsCompleted;

        /// <summary>On its way, and nobody waits for it.</summary>
        public bool IsLeft => _waiting == 0 && !Result.IsCompleted;

        public void Join(JobSubscription? waiting)
        {
            _waiting++;
            _turn.AlsoFor(waiting?.Person ?? "");
            if (waiting?.Progress is { } listener)
            {
                _listeners = [.. _listeners, listener];
                if (_progress is { } progress)
                {
                    listener.Report(progress);
                }
            }
        }

        public void Leave(IProgress<int>? listener)
        {
            _waiting--;
            _listeners = [.. _listeners.Where(one => !ReferenceEquals(one, listener))];
        }

        // Comes back at once: what the cancellation ends may take long, or ask for something itself.
        public void Abandon() => Abandoned = _abandoned.CancelAsync();

        public void Dispose() => _abandoned.Dispose();

        public void Report(int value)
        {
            _progress = value;
            Array.ForEach(_listeners, listener => listener.Report(value));
        }
    }
}
