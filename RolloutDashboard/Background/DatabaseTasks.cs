using RolloutDashboard.Core.Nodes;

namespace RolloutDashboard.Background;

/// <summary>Carries such work out, one at a time, and remembers the latest.</summary>
public sealed partial class DatabaseTasks(
    IRolloutChanges changes,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<DatabaseTasks> logger
)
{
    private readonly Lock _lock = new();
    private DatabaseTask? _latest;

    /// <summary>The one that goes on, or the latest that ended in this process; null before the first.</summary>
    public DatabaseTask? Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    /// <summary>Begins the work and returns at once.</summary>
    /// <param name="work">Gives what came of it; an exception tells that it failed.</param>
    /// <returns>Whether it was begun; false while another goes on.</returns>
    public bool TryStart(
        string name,
        string actor,
        Func<CancellationToken, Task<(bool Succeeded, IReadOnlyList<string> Outcome)>> work
    )
    {
        lock (_lock)
        {
            if (_latest is { EndedAt: null })
            {
                return false;
            }

            _latest = new DatabaseTask(name, actor, clock.GetUtcNow(), null, null, []);
        }

        changes.Publish();
        _ = RunAsync(work);
        return true;
    }

    private async Task RunAsync(Func<CancellationToken, Task<(bool Succeeded, IReadOnlyList<string> Outcome)>> work)
    {
        try
        {
            var (succeeded, outcome) = await Task.Run(() => work(lifetime.ApplicationStopping));
            End(succeeded, outcome);
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception);
            End(false, [exception.Message]);
        }
    }

    private void End(bool succeeded, IReadOnlyList<string> outcome)
    {
        lock (_lock)
        {
            _latest = _latest! with { EndedAt = clock.GetUtcNow(), Succeeded = succeeded, Outcome = outcome };
        }

        changes.Publish();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work on the database that was asked for on a page failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
