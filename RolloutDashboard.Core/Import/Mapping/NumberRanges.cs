namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>Whole numbers that were seen, as ranges: histories mostly count upwards, so a few ranges hold
/// millions.</summary>
internal sealed class NumberRanges
{
    // Beyond it a number counts as unseen; a file that skips about so often has no order to speak of.
    private const int Most = 100_000;
    private readonly List<(long From, long To)> _ranges = [];

    public bool Contains(long number)
    {
        var at = At(number);
        return at < _ranges.Count && _ranges[at].From <= number;
    }

    public void Add(long number)
    {
        var at = At(number);
        if (at < _ranges.Count && _ranges[at].From <= number)
        {
            return;
        }

        var joinsBefore = at > 0 && _ranges[at - 1].To == number - 1;
        var joinsAfter = at < _ranges.Count && _ranges[at].From == number + 1;
        if (joinsBefore && joinsAfter)
        {
            _ranges[at - 1] = (_ranges[at - 1].From, _ranges[at].To);
            _ranges.RemoveAt(at);
        }
        else if (joinsBefore)
        {
            _ranges[at - 1] = (_ranges[at - 1].From, number);
        }
        else if (joinsAfter)
        {
            _ranges[at] = (number, _ranges[at].To);
        }
        else if (_ranges.Count < Most)
        {
            _ranges.Insert(at, (number, number));
        }
    }

    // The first range that does not end before the number.
    private int At(long number)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _ranges[middle].To < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
