using System.Collections.Concurrent;
using RolloutDashboard.Core.Nodes;

namespace RolloutDashboard.Feed;

/// <summary>Tells the open pages of this process that something changed.</summary>
public sealed partial class RolloutFeed(ILogger<RolloutFeed> logger) : IRolloutFeed, IRolloutChanges
{
    private readonly ConcurrentDictionary<long, Func<Task>> _subscribers = new();
    private long _version;
    private long _nextKey;

    /// <summary>Goes up with every change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Called before the pages are told of what they should show without delay; must return quickly.</summary>
    public event Action? Mattering;

    public void Publish()
    {
        Mattering?.Invoke();
        PublishProgress();
    }

    public void PublishProgress()
    {
        Interlocked.Increment(ref _version);
        foreach (var subscriber in _subscribers.Values)
        {
            _ = TellAsync(subscriber);
        }
    }

    public IDisposable Subscribe(Func<Task> onChanged)
    {
        var key = Interlocked.Increment(ref _nextKey);
        _subscribers[key] = onChanged;
        return new Subscription(this, key);
    }

    private async Task TellAsync(Func<Task> subscriber)
    {
        try
        {
            await subscriber();
        }
        catch (Exception exception)
        {
            LogSubscriber(logger, exception);
        }
    }

    private sealed class Subscription(RolloutFeed owner, long key) : IDisposable
    {
        public void Dispose() => owner._subscribers.TryRemove(key, out _);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page could not be told of a change.")]
    private static partial void LogSubscriber(ILogger logger, Exception exception);
}
