namespace RolloutDashboard.Core.Market.Csv;

/// <summary>Faults of one file or one market; keeps the first of each kind (of days left out all, since they change
/// every result) and counts all.</summary>
internal sealed class FaultLog
{
    private const int KeptPerKind = 200;
    private readonly List<MarketDataFault> _kept = [];
    private readonly Dictionary<string, int> _counts = [];

    public int Count { get; private set; }

    public void Add(MarketDataFault fault)
    {
        Count++;
        var ofKind = _counts.GetValueOrDefault(fault.Kind);
        _counts[fault.Kind] = ofKind + 1;
        if (ofKind < KeptPerKind || fault.Kind == MarketFaultKind.DayLeftOut)
        {
            _kept.Add(fault);
        }
    }

    public void Add(FaultLog other)
    {
        foreach (var fault in other._kept)
        {
            Add(fault);
        }

        foreach (var (kind, count) in other._counts)
        {
            var unkept = count - other._kept.Count(fault => fault.Kind == kind);
            _counts[kind] = _counts.GetValueOrDefault(kind) + unkept;
            Count += unkept;
        }
    }

    /// <summary>The kept faults, most serious first, then by stock and date.</summary>
    public MarketDataReport Report(string source) =>
        new(
            source,
            [
                .. _kept
                    .OrderBy(fault => MarketFaultKind.Rank(fault.Kind))
                    .ThenBy(fault => fault.Stock, StringComparer.Ordinal)
                    .ThenBy(fault => fault.Date),
            ],
            Count
        )
        {
            CountsByKind = new SortedDictionary<string, int>(_counts, StringComparer.Ordinal),
        };
}
