namespace RolloutDashboard.Studies;

/// <summary>The latest results that were given out, by their hash, so that a file holds what the page showed.
/// Thread-safe.</summary>
/// <param name="capacity">Most results to remember; the one given out longest ago goes first.</param>
internal sealed class LatestShown<T>(int capacity)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Hash, T Value)> _latestFirst = [];

    public void Add(string hash, T value)
    {
        lock (_lock)
        {
            Remove(hash);
            _latestFirst.AddFirst((hash, value));
            if (_latestFirst.Count > capacity)
            {
                _latestFirst.RemoveLast();
            }
        }
    }

    public T? Find(string hash)
    {
        lock (_lock)
        {
            return _latestFirst.FirstOrDefault(one => one.Hash == hash).Value;
        }
    }

    private void Remove(string hash)
    {
        for (var node = _latestFirst.First; node is not null; node = node.Next)
        {
            if (node.Value.Hash == hash)
            {
                _latestFirst.Remove(node);
                return;
            }
        }
    }
}
