using System.Collections.Concurrent;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Nodes;

/// <summary>The iterations that this process works on now, so that a rollback can end the JSON ones at once.</summary>
public sealed class RunningIterations
{
    private readonly ConcurrentDictionary<long, Entry> _entries = new();

    public int Count => _entries.Count;

    /// <summary>Row keys of what runs now.</summary>
    public IReadOnlyCollection<long> Ids => [.. _entries.Keys];

    /// <summary>Row keys of those whose assigned mode has failed already, so that whatever ends them takes nothing out
    /// of a rate.</summary>
    public IReadOnlyCollection<long> DecidedIds =>
        [.. _entries.Where(pair => pair.Value.IsDecided).Select(pair => pair.Key)];

    /// <summary>How many use JSON now of what a stop in that environment ends: one in production ends all, one in
    /// staging those of staging.</summary>
    public int JsonCountOf(RolloutEnvironment stopped) =>
        _entries.Values.Count(entry => entry.UsesJson && IsEndedBy(stopped, entry));

    /// <summary>Enters an iteration; dispose the entry when it is over.</summary>
    public Entry Enter(
        long iterationId,
        bool usesJson,
        CancellationToken stopping,
        RolloutEnvironment environment = RolloutEnvironment.Production
    )
    {
        var entry = new Entry(this, iterationId, usesJson, environment, stopping);
        _entries[iterationId] = entry;
        return entry;
    }

    /// <summary>Ends everything that uses JSON: a stop in production wherever it runs, one in staging there
    /// alone.</summary>
    public void CancelJson(CancellationReason reason, RolloutEnvironment stopped = RolloutEnvironment.Production) =>
        CancelWhere(entry => entry.UsesJson && IsEndedBy(stopped, entry), reason);

    /// <summary>Ends everything.</summary>
    public void CancelAll(CancellationReason reason) => CancelWhere(_ => true, reason);

    /// <summary>Ends the given ones.</summary>
    public void Cancel(IReadOnlyCollection<long> iterationIds, CancellationReason reason)
    {
        foreach (var id in iterationIds)
        {
            if (_entries.TryGetValue(id, out var entry))
            {
                entry.Cancel(reason);
            }
        }
    }

    private static bool IsEndedBy(RolloutEnvironment stopped, Entry entry) =>
        stopped == RolloutEnvironment.Production || entry.Environment == stopped;

    // One whose callbacks throw keeps none of the others running.
    private void CancelWhere(Func<Entry, bool> applies, CancellationReason reason)
    {
        var faults = new List<Exception>();
        foreach (var entry in _entries.Values.Where(applies))
        {
            try
            {
                entry.Cancel(reason);
            }
            catch (AggregateException exception)
            {
                faults.Add(exception);
            }
        }

        if (faults.Count > 0)
        {
            throw new AggregateException(faults);
        }
    }

    /// <summary>One running iteration.</summary>
    public sealed class Entry : IDisposable
    {
        private readonly RunningIterations _owner;
        private readonly long _iterationId;
        private readonly CancellationTokenSource _source;
        private readonly Lock _lock = new();
        private bool _disposed;
        private CancellationReason? _reason;
        private volatile bool _usesJson;
        private volatile bool _isDecided;

        internal Entry(
            RunningIterations owner,
            long iterationId,
            bool usesJson,
            RolloutEnvironment environment,
            CancellationToken stopping
        )
        {
            Environment = environment;
            _owner = owner;
            _iterationId = iterationId;
            _usesJson = usesJson;
            _source = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            Token = _source.Token;
        }

        public CancellationToken Token { get; }

        public RolloutEnvironment Environment { get; }

        /// <summary>Whether it runs in JSON mode now; set before such a part begins.</summary>
        public bool UsesJson
        {
            get => _usesJson;
            set => _usesJson = value;
        }

        /// <summary>Whether the assigned mode has failed; set before another mode is asked.</summary>
        public bool IsDecided
        {
            get => _isDecided;
            set => _isDecided = value;
        }

        /// <summary>Who ended it first; the process's own end where nobody did.</summary>
        public CancellationReason Reason
        {
            get
            {
                lock (_lock)
                {
                    return _reason ?? CancellationReason.Shutdown;
                }
            }
        }

        public void Cancel(CancellationReason reason)
        {
            lock (_lock)
            {
                if (!_disposed)
                {
                    _reason ??= reason;
                    _source.Cancel();
                }
            }
        }

        public void Dispose()
        {
            _owner._entries.TryRemove(_iterationId, out _);
            lock (_lock)
            {
                _disposed = true;
                _source.Dispose();
            }
        }
    }
}
