namespace RolloutDashboard.Core.Monitoring.Overfitting;

/// <summary>Counts trials in the order of their numbers.</summary>
internal sealed class TrialTally
{
    private readonly Dictionary<string, TrialRow> _first = new(StringComparer.Ordinal);
    private int _trials;
    private int _withSharpe;
    private int _measured;
    private int _comparable;
    private double _mean;
    private double _squares;

    public void Add(TrialRow row)
    {
        _trials++;
        _measured += row.IsMeasured ? 1 : 0;
        if (row.Sharpe is { } sharpe && double.IsFinite(sharpe))
        {
            _withSharpe++;
            // Welford 1962.
            var distance = sharpe - _mean;
            _mean += distance / _withSharpe;
            _squares += distance * (sharpe - _mean);
        }

        if (row is { IsMeasured: true, IsComparable: true })
        {
            _comparable++;
            _first.TryAdd(KeyOf(row), row);
        }
    }

    /// <summary>What stands for a strategy: its fingerprint, or else its iteration.</summary>
    public static string KeyOf(TrialRow row) => row.Fingerprint ?? $"iteration {row.Number}";

    /// <summary>The first iteration of each comparable strategy, in order; of too many, those with the highest Sharpe
    /// ratios.</summary>
    public IReadOnlyList<TrialRow> Strategies(int most) =>
        [
            .. _first
                .Values.OrderByDescending(row => row.Sharpe ?? double.NegativeInfinity)
                .Take(most)
                .OrderBy(row => row.Number),
        ];

    /// <param name="strategies">Those whose days could be read.</param>
    public TrialCounts Counts(int strategies) =>
        new(
            _trials,
            _withSharpe,
            _comparable,
            _measured - _comparable,
            strategies,
            _withSharpe > 1 ? _squares / (_withSharpe - 1) : null
        );
}
