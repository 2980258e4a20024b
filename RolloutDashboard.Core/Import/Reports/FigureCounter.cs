using System.Globalization;
using RolloutDashboard.Core.Import.Records;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Import.Reports;

/// <summary>Counts what a lead asks of a group of records.</summary>
internal sealed class FigureCounter
{
    private const int MostDistinct = 200_000;
    private readonly HashSet<ulong> _strategies = [];
    private long _records;
    private long _successes;
    private long _measured;
    private double _sharpe;
    private long _withStrategy;
    private bool _isLeast;

    public void Add(DerivedRecord record)
    {
        _records++;
        _successes += record.Level == SuccessLevel.Profitable ? 1 : 0;
        if (record.Declared.SharpeRatio is { } sharpe && PlausibleMetrics.IsSharpe(sharpe))
        {
            _measured++;
            _sharpe += sharpe;
        }

        if (record.Fingerprint is { } fingerprint)
        {
            _withStrategy++;
            Count(ulong.Parse(fingerprint.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>This group and others as one.</summary>
    public void Add(FigureCounter other)
    {
        _records += other._records;
        _successes += other._successes;
        _measured += other._measured;
        _sharpe += other._sharpe;
        _withStrategy += other._withStrategy;
        _isLeast |= other._isLeast;
        foreach (var strategy in other._strategies)
        {
            Count(strategy);
        }
    }

    public ImportFigures Figures() =>
        new(
            _records,
            _successes,
            _measured,
            _measured > 0 && double.IsFinite(_sharpe) ? _sharpe / _measured : null,
            _withStrategy,
            _withStrategy == 0 ? null : _strategies.Count,
            _isLeast
        );

    private void Count(ulong strategy)
    {
        if (_strategies.Count < MostDistinct)
        {
            _strategies.Add(strategy);
        }
        else
        {
            _isLeast |= !_strategies.Contains(strategy);
        }
    }
}
