using System.Security.Claims;
using RolloutDashboard.Core.Monitoring;
using RolloutDashboard.Live;

namespace RolloutDashboard.Tests.Support;

/// <summary>Feed, view and commands in one, as a page sees them; a test sets what comes next.</summary>
public sealed class ScriptedLiveView(TimeProvider clock) : IRolloutFeed, ILiveView, IRolloutCommands
{
    private readonly Lock _lock = new();
    private readonly List<Func<Task>> _listeners = [];

    /// <summary>What the next look shows.</summary>
    public Func<DateTimeOffset, LiveSnapshot> Next { get; set; } = now => Scripted.Snapshot(now, 96);

    /// <summary>What every command answers.</summary>
    public CommandResult Answer { get; set; } = new(true, "JSON mode is off; nothing JSON is running.");

    public List<string> Commands { get; } = [];

    public List<TimeRange> Ranges { get; } = [];

    public int Subscribers => _listeners.Count;

    public async Task TellAsync()
    {
        foreach (var listener in _listeners.ToArray())
        {
            await listener();
        }
    }

    public IDisposable Subscribe(Func<Task> onChanged)
    {
        lock (_lock)
        {
            _listeners.Add(onChanged);
        }

        return new Subscription(this, onChanged);
    }

    public Task<LiveSnapshot> SnapshotAsync(TimeRange range, CancellationToken ct)
    {
        Ranges.Add(range);
        return Task.FromResult(Next(clock.GetUtcNow()));
    }

    public Task<CommandResult> StopJsonAsync(string reason, ClaimsPrincipal user, CancellationToken ct) => Do($"stop-json: {reason}");

    public Task<CommandResult> StartLoopAsync(ClaimsPrincipal user, CancellationToken ct) => Do("start");

    public Task<CommandResult> PauseLoopAsync(ClaimsPrincipal user, CancellationToken ct) => Do("pause");

    public Task<CommandResult> StopLoopAsync(ClaimsPrincipal user, CancellationToken ct) => Do("stop");

    private Task<CommandResult> Do(string command)
    {
        Commands.Add(command);
        return Task.FromResult(Answer);
    }

    private sealed class Subscription(ScriptedLiveView view, Func<Task> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (view._lock)
            {
                view._listeners.Remove(listener);
            }
        }
    }
}
