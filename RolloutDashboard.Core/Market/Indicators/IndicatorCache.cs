namespace RolloutDashboard.Core.Market.Indicators;

/// <summary>Bounded memory; what was used longest ago goes first. Thread-safe.</summary>
public sealed class IndicatorCache : IIndicatorCache
{
    private const long DefaultCapacity = 512L << 20;
    private readonly Lock _lock = new();
    private readonly Dictionary<IndicatorKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _latestFirst = new();

    /// <param name="capacity">Most bytes to keep. Default 512 MiB.</param>
    public IndicatorCache(long capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Capacity = capacity;
    }

    public long Capacity { get; }

    /// <summary>Bytes kept now.</summary>
    public long Bytes { get; private set; }

    /// <summary>Indicators kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Indicators given up for lack of room, since the start.</summary>
    public long Evictions { get; private set; }

    public IndicatorRows GetOrCompute(IndicatorKey key, Func<IndicatorRows> compute, out bool hit)
    {
        LinkedListNode<Entry>? node;
        lock (_lock)
        {
            hit = _entries.TryGetValue(key, out node);
            if (node is null)
            {
                node = new LinkedListNode<Entry>(new Entry(key, new Lazy<IndicatorRows>(compute)));
                _entries.Add(key, node);
            }
            else
            {
                _latestFirst.Remove(node);
            }

            _latestFirst.AddFirst(node);
        }

        try
        {
            var rows = node.Value.Rows.Value;
            if (!hit)
            {
                Account(node, rows.Bytes);
            }

            return rows;
        }
        catch
        {
            Forget(node);
            throw;
        }
    }

    private void Account(LinkedListNode<Entry> node, long bytes)
    {
        lock (_lock)
        {
            if (node.List is null)
            {
                return;
            }

            node.Value.Bytes = bytes;
            Bytes += bytes;
            while (Bytes > Capacity && _latestFirst.Last is { } oldest)
            {
                Remove(oldest);
                Evictions++;
            }
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
            {
                Remove(node);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _latestFirst.Remove(node);
        _entries.Remove(node.Value.Key);
        Bytes -= node.Value.Bytes;
    }

    private sealed class Entry(IndicatorKey key, Lazy<IndicatorRows> rows)
    {
        public IndicatorKey Key { get; } = key;

        public Lazy<IndicatorRows> Rows { get; } = rows;

        public long Bytes { get; set; }
    }
}
