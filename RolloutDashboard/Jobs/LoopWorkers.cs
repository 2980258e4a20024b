using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Time;

namespace RolloutDashboard.Jobs;

/// <summary>The slots of the loop: as many iterations at once as there are workers, of one generation of
/// workers.</summary>
public sealed class LoopWorkers(IOptions<LoopOptions> options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly bool[] _taken = new bool[options.Value.Workers];
    private int _generation = 1;
    private TimeSpan? _restartedAt;
    private TimeSpan _lastSign = clock.Elapsed();

    /// <summary>Since when a loop that is expected to run has neither begun nor ended an iteration, for longer than it
    /// may; null while it lives.</summary>
    public DateTimeOffset? DeadSince
    {
        get
        {
            lock (_lock)
            {
                return
                    clock.Elapsed() - _lastSign > (Taken < Count ? options.Value.DeadAfter : options.Value.StuckAfter)
                    ? clock.InstantOf(_lastSign)
                    : null;
            }
        }
    }

    /// <summary>Says that no iteration is expected now, so that silence is no sign of death.</summary>
    public void ExpectNothing()
    {
        lock (_lock)
        {
            _lastSign = clock.Elapsed();
        }
    }

    public int Count => options.Value.Workers;

    public int Busy
    {
        get
        {
            lock (_lock)
            {
                return Taken;
            }
        }
    }

    /// <summary>Goes up when the workers are restarted; jobs of an earlier one end.</summary>
    public int Generation
    {
        get
        {
            lock (_lock)
            {
                return _generation;
            }
        }
    }

    /// <summary>When the workers last began anew; null if they have not since the process started.</summary>
    public DateTimeOffset? RestartedAt
    {
        get
        {
            lock (_lock)
            {
                return _restartedAt is { } at ? clock.InstantOf(at) : null;
            }
        }
    }

    /// <summary>Takes the first free slot; null when all are taken or the job belongs to workers that were restarted
    /// since.</summary>
    public WorkerSlot? TryTakeSlot(int generation)
    {
        lock (_lock)
        {
            var free = Array.IndexOf(_taken, false);
            if (generation != _generation || free < 0)
            {
                return null;
            }

            _taken[free] = true;
            _lastSign = clock.Elapsed();
            return new WorkerSlot(free, () => Free(free));
        }
    }

    /// <summary>Lets every worker end after its present iteration; the supervisor starts new ones.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _generation++;
            _restartedAt = clock.Elapsed();
        }
    }

    private int Taken => _taken.Count(taken => taken);

    private void Free(int slot)
    {
        lock (_lock)
        {
            _taken[slot] = false;
            _lastSign = clock.Elapsed();
        }
    }
}
