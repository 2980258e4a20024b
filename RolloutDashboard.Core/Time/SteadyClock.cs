namespace RolloutDashboard.Core.Time;

/// <summary>
/// The one clock of the process: the machine's at the start, and from then on by elapsed time, so that nothing inside
/// sees time go back or jump when somebody sets the machine's clock. What the machine's clock differs by is taken over
/// at one moment, by <see cref="Take"/>, together with everything that waits. Safe for several threads.
/// </summary>
public sealed class SteadyClock : TimeProvider
{
    /// <summary>A smaller difference is the drift of two clocks and is followed without a word; in such a step back
    /// time stands still.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private const int Tries = 5;
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan TooSlow = Tolerance / 4;
    private readonly Lock _lock = new();

    private readonly TimeProvider _machine;
    private readonly Func<TimeSpan?> _suspended;
    private readonly long _zero;

    // The instant at which elapsed time was zero.
    private DateTimeOffset _origin;
    private DateTimeOffset _latest;
    private TimeSpan _slept;

    /// <summary>The clock of this machine.</summary>
    public SteadyClock()
        : this(System, SuspendedTime.Read) { }

    /// <param name="machine">The machine's clock and timers.</param>
    /// <param name="suspended">How long the machine has slept so far; null where it can't be told now. Sleeping is no
    /// correction.</param>
    public SteadyClock(TimeProvider machine, Func<TimeSpan?> suspended)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(suspended);
        (_machine, _suspended, _zero) = (machine, suspended, machine.GetTimestamp());
        (_origin, _slept) = (Read().Origin, suspended() ?? TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var now = _origin + Elapsed;
            return _latest = now > _latest ? now : _latest;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => _machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Follows drift and sleep, and says by how much the machine's clock was corrected besides.</summary>
    /// <returns>Zero where it was not, or where it could not be read promptly; negative where it was set
    /// back.</returns>
    public TimeSpan Look()
    {
        lock (_lock)
        {
            var slept = _suspended() ?? _slept;
            _origin += slept - _slept;
            _slept = slept;
            var (origin, width) = Read();
            var difference = origin - _origin;
            if (width > TooSlow || difference.Duration() >= Tolerance)
            {
                return width > TooSlow ? TimeSpan.Zero : difference;
            }

            _origin = origin;
            return TimeSpan.Zero;
        }
    }

    /// <summary>Takes a correction over. Whoever calls has moved what waits by as much.</summary>
    public void Take(TimeSpan correction)
    {
        lock (_lock)
        {
            _origin += correction;
            _latest = _origin + Elapsed;
        }
    }

    private TimeSpan Elapsed => _machine.GetElapsedTime(_zero);

    // The wall clock between two readings of the monotonic one: a thread held up in between must not look like a
    // correction.
    private (DateTimeOffset Origin, TimeSpan Width) Read()
    {
        (DateTimeOffset Origin, TimeSpan Width) best = (default, TimeSpan.MaxValue);
        for (var attempt = 0; attempt < Tries && best.Width > Prompt; attempt++)
        {
            var before = Elapsed;
            var now = _machine.GetUtcNow();
            var width = Elapsed - before;
            best = width < best.Width ? (now - before - (width / 2), width) : best;
        }

        return best;
    }
}
