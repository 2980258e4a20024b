using System.Collections.Concurrent;

namespace RolloutDashboard.Turns;

/// <summary>A thread of ordinary priority that tells of turns, since a thread which yields hands its priority on to
/// every thread it starts.</summary>
internal sealed class TurnClerk : IDisposable
{
    private readonly BlockingCollection<Action> _calls = [];
    private readonly Thread _thread;

    public TurnClerk(string name)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <param name="call">Must not throw, and take no time.</param>
    public void Post(Action call)
    {
        try
        {
            _calls.Add(call);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ObjectDisposedException)
        {
            // The process ends, and nobody waits any more.
        }
    }

    public void Dispose()
    {
        _calls.CompleteAdding();
        _thread.Join();
        _calls.Dispose();
    }

    private void Work()
    {
        foreach (var call in _calls.GetConsumingEnumerable())
        {
            call();
        }
    }
}
