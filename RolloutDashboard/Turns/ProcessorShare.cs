using System.Collections.Concurrent;

namespace RolloutDashboard.Turns;

/// <summary>
/// Lets the threads of turns use what all else leaves of the processors, less a quarter of them that stays free, but a
/// eighth at least. A low priority alone does not keep them out of the way: where two processors are two
/// halves of one core, whatever runs on one of them slows down the other. Thread-safe.
/// </summary>
public sealed class ProcessorShare
{
    /// <summary>Part of all processors that turns leave free.</summary>
    public const double FreePart = 1.0 / 4;

    /// <summary>Part of all processors that turns get however busy they are.</summary>
    public const double LeastPart = 1.0 / 8;

    private static readonly TimeSpan SliceLength = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);
    private readonly IProcessorTimes _times;
    private readonly TimeProvider _clock;
    private readonly int _processors;
    private readonly Lock _lock = new();

    // By thread, and nothing to dispose: a turn may still run while the server ends, and must not fall over what is
    // gone.
    private readonly ConcurrentDictionary<Thread, Slice> _slices = new();
    private long _measuredAt;
    private (TimeSpan Busy, TimeSpan All) _ofMachine;
    private TimeSpan _ofProcess;
    private TimeSpan _ofTurns;
    private TimeSpan _ofTurnsThen;
    private int _running;
    private double _share;

    /// <param name="times">Processor times so far.</param>
    /// <param name="processors">How many processors there are, at least 1.</param>
    public ProcessorShare(IProcessorTimes times, int processors, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processors, 1);
        (_times, _processors, _clock) = (times, processors, clock);
        (_measuredAt, _ofProcess, _ofMachine, _share) = (
            clock.GetTimestamp(),
            times.OfProcessAndChildren,
            times.OfMachine,
            processors
        );
    }

    /// <summary>Processors that turns may use while ordinary work uses so many.</summary>
    /// <param name="ordinary">Processors in use, from 0.</param>
    /// <param name="processors">Processors that there are.</param>
    public static double Of(double ordinary, int processors) =>
        Math.Max(processors * LeastPart, (processors * (1 - FreePart)) - ordinary);

    /// <summary>Counts what the calling thread uses from now on until <see cref="End"/>.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _running++;
        }

        _slices[Thread.CurrentThread] = new Slice(_clock.GetTimestamp(), _times.OfThread);
    }

    /// <summary>Pauses the calling thread for as long as it has used more than its share; a thread without
    /// <see cref="Begin"/> goes on at once.</summary>
    /// <param name="leaving">Ends the pause.</param>
    public void Rest(CancellationToken leaving)
    {
        if (
            _slices.TryGetValue(Thread.CurrentThread, out var slice)
            && _clock.GetElapsedTime(slice.Began) >= SliceLength
        )
        {
            Pause(RestAfter(Use(slice)), leaving);
            _slices[Thread.CurrentThread] = new Slice(_clock.GetTimestamp(), _times.OfThread);
        }
    }

    /// <summary>The last pause of the calling thread.</summary>
    public void End()
    {
        if (_slices.TryRemove(Thread.CurrentThread, out var slice))
        {
            Pause(RestAfter(Use(slice)), CancellationToken.None);
            lock (_lock)
            {
                _running--;
            }
        }
    }

    private void Pause(TimeSpan rest, CancellationToken leaving)
    {
        if (rest > TimeSpan.Zero)
        {
            Task.WhenAny(Task.Delay(rest, _clock, leaving)).GetAwaiter().GetResult();
        }
    }

    private TimeSpan Use(Slice slice)
    {
        var used = _times.OfThread - slice.UsedBefore;
        lock (_lock)
        {
            _ofTurns += used;
            if (_clock.GetElapsedTime(_measuredAt) >= MeasureEvery)
            {
                Measure();
            }
        }

        return used;
    }

    // Children that run are in the machine's figures alone; where a machine lends a process few of its processors, the
    // process's own say more.
    private void Measure()
    {
        var (ofProcess, ofMachine, elapsed) = (
            _times.OfProcessAndChildren,
            _times.OfMachine,
            _clock.GetElapsedTime(_measuredAt)
        );
        var all = ofMachine.All - _ofMachine.All;
        var busy = Math.Max(
            (ofProcess - _ofProcess) / elapsed,
            all > TimeSpan.Zero ? (ofMachine.Busy - _ofMachine.Busy) / all * _processors : 0
        );
        _share = Of(Math.Clamp(busy - ((_ofTurns - _ofTurnsThen) / elapsed), 0, _processors), _processors);
        (_measuredAt, _ofProcess, _ofMachine, _ofTurnsThen) = (_clock.GetTimestamp(), ofProcess, ofMachine, _ofTurns);
    }

    private TimeSpan RestAfter(TimeSpan used)
    {
        double ofThisOne;
        lock (_lock)
        {
            ofThisOne = _share / Math.Max(1, _running);
        }

        var rest = ofThisOne >= 1 ? TimeSpan.Zero : used * ((1 / ofThisOne) - 1);
        return rest > LongestRest ? LongestRest : rest;
    }

    private sealed record Slice(long Began, TimeSpan UsedBefore);
}
