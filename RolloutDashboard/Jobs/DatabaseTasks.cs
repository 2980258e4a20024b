using RolloutDashboard.Core.Iterations;

namespace RolloutDashboard.Jobs;

/// <summary>Work on the database that a person asked for and that outlives the page it was asked on.</summary>
/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="Succeeded">Whether it did what was asked; null while it goes on.</param>
/// <param name="Outcome">What came of it, a line each.</param>
public sealed record DatabaseTask(string Name, string Actor, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, bool? Succeeded, IReadOnlyList<string> Outcome);

/// <summary>Carries such work out, one at a time, and remembers the latest.</summary>
public sealed partial class DatabaseTasks(IRolloutChanges changes, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<DatabaseTasks> logger)
{
    private readonly Lock _gate = new();
    private DatabaseTask? _latest;

    /// <summary>The one that goes on, or the latest that ended in this process; null before the first.</summary>
    public DatabaseTask? Latest
    {
        get
        {
            lock (_gate)
            {
                return _latest;
            }
        }
    }

    /// <summary>Begins the work and returns at once.</summary>
    /// <param name="work">Gives what came of it; an exception tells that it failed.</param>
    /// <returns>Whether it was begun; false while another goes on.</returns>
    public bool TryStart(string name, string actor, Func<CancellationToken, Task<(bool Succeeded, IReadOnlyList<string> Outcome)>> work)
    {
        lock (_gate)
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
        lock (_gate)
        {
            _latest = _latest! with { EndedAt = clock.GetUtcNow(), Succeeded = succeeded, Outcome = outcome };
        }

        changes.Publish();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work on the database that was asked for on a page failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
