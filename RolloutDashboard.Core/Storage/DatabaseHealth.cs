using System.Data.Common;

namespace RolloutDashboard.Core.Storage;

/// <summary>What this process knows of its database file: any query that meets damage raises a suspicion, which a check
/// confirms or clears.</summary>
public sealed class DatabaseHealth(TimeProvider clock, IDatabaseProvider engine)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _suspected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _suspicion;
    private DateTimeOffset? _damagedAt;

    /// <summary>What a query or check met; null while nothing speaks against the file.</summary>
    public string? Suspicion
    {
        get
        {
            lock (_lock)
            {
                return _suspicion;
            }
        }
    }

    /// <summary>When damage was last confirmed in this process; null if never.</summary>
    public DateTimeOffset? DamagedAt
    {
        get
        {
            lock (_lock)
            {
                return _damagedAt;
            }
        }
    }

    /// <summary>Whether the exception, or one within it, says that the file is damaged.</summary>
    public bool IsDamage(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is DbException error && engine.FaultOf(error) is { Kind: DatabaseFaultKind.Damaged })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Raises a suspicion if the exception speaks of damage; any other is nothing to this class.</summary>
    public void Note(Exception? exception)
    {
        if (IsDamage(exception))
        {
            Suspect(exception!.GetBaseException().Message);
        }
    }

    public void Suspect(string reason)
    {
        lock (_lock)
        {
            _suspicion ??= reason;
            _suspected.TrySetResult();
        }
    }

    /// <summary>Confirms the damage.</summary>
    public void Confirm()
    {
        lock (_lock)
        {
            _damagedAt = clock.GetUtcNow();
        }
    }

    /// <summary>Ends the suspicion: the check found the file sound, or it was replaced.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _suspicion = null;
            if (_suspected.Task.IsCompleted)
            {
                _suspected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Waits for a suspicion, at most for the given time.</summary>
    /// <returns>Whether there is one.</returns>
    public async Task<bool> WaitForSuspicionAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Task suspected;
        lock (_lock)
        {
            suspected = _suspected.Task;
        }

        try
        {
            await suspected.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
