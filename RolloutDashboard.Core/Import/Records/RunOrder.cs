using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Core.Import.Records;

/// <summary>
/// Parts a file into runs. A number that was there before begins another run; one that was not is a record out of
/// order, unless it lies before the run's beginning and its time behind the run's end. A number that comes again at
/// once is a copy.
/// </summary>
internal sealed class RunOrder
{
    private NumberRanges _seen = new();
    private long _previous;
    private long _first;
    private bool _steppedBack;
    private DateTimeOffset? _previousAt;
    private DateTimeOffset? _latest;

    /// <summary>1-based run of the latest record.</summary>
    public int Run { get; private set; }

    /// <returns>Whether the record stands out of order within its run.</returns>
    public bool Next(long number, DateTimeOffset? at)
    {
        var isBack = Run > 0 && number < _previous;
        if (Run == 0 || (isBack && Restarts(number, at)))
        {
            Run++;
            (_seen, _first, _steppedBack, isBack, _latest) = (new NumberRanges(), number, false, false, null);
        }

        _seen.Add(number);
        _steppedBack |= isBack;
        (_previous, _previousAt) = (number, at);
        _latest = at is null || _latest > at ? _latest : at;
        return isBack;
    }

    private bool Restarts(long number, DateTimeOffset? at) =>
        _seen.Contains(number) ? !(_steppedBack && at < _previousAt) : number < _first && at > _latest;
}
