using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Aggregation;

/// <summary>Folds iterations into groups one by one, so that a page never holds all of them.</summary>
internal sealed class IterationAggregator(SharedTexts texts)
{
    private const int ModeUnit = 16;
    private readonly Dictionary<(int Outcome, int Template, int Fingerprint), Sums> _groups = [];
    private readonly List<double> _times = [];

    public IReadOnlyList<IterationGroup> Groups =>
        [
            .. _groups.Select(group =>
                group.Value.ToGroup(
                    (GenerationMode)(group.Key.Outcome % ModeUnit),
                    (SuccessLevel)(group.Key.Outcome / ModeUnit),
                    texts.TextOf(group.Key.Template),
                    texts.TextOf(group.Key.Fingerprint)
                )
            ),
        ];

    /// <summary>95th percentile by nearest rank of the finished ones, milliseconds; null without any.</summary>
    public double? Slow
    {
        get
        {
            _times.Sort();
            return _times.Count == 0 ? null : _times[ProviderAggregator.Rank95(_times.Count)];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in EndedIteration one)
    {
        var finished = one.Status == IterationStatus.Finished;
        var key = (
            (int)one.Mode + (ModeUnit * (int)(finished ? one.Level : SuccessLevel.Failed)),
            one.Template,
            one.Fingerprint
        );
        if (finished)
        {
            _times.Add(one.Milliseconds);
        }

        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, key, out _);
        sums.Add(one, finished);
    }

    /// <param name="numbers">The other's texts, by their numbers here.</param>
    public void Append(IterationAggregator later, int[] numbers)
    {
        _times.AddRange(later._times);
        foreach (var ((outcome, template, fingerprint), sums) in later._groups)
        {
            CollectionsMarshal
                .GetValueRefOrAddDefault(
                    _groups,
                    (outcome, SharedTexts.Translated(template, numbers), SharedTexts.Translated(fingerprint, numbers)),
                    out _
                )
                .Append(sums);
        }
    }

    // In place: there are far more iterations than groups.
    private struct Sums
    {
        private int _count;
        private int _sharpeCount;
        private double _sharpe;
        private double _sharpeSquares;
        private int _returnCount;
        private double _return;
        private long _lookups;
        private long _hits;
        private int _timed;
        private double _milliseconds;
        private int _leftOut;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(in EndedIteration one, bool finished)
        {
            _count++;
            if (one.SharpeRatio is { } sharpe)
            {
                var isSharpe = PlausibleMetrics.IsSharpe(sharpe);
                _leftOut += isSharpe ? 0 : 1;
                _sharpeCount += isSharpe ? 1 : 0;
                _sharpe += isSharpe ? sharpe : 0;
                _sharpeSquares += isSharpe ? sharpe * sharpe : 0;
            }

            if (one.TotalReturn is { } total)
            {
                var isReturn = PlausibleMetrics.IsTotalReturn(total);
                _leftOut += isReturn ? 0 : 1;
                _returnCount += isReturn ? 1 : 0;
                _return += isReturn ? total : 0;
            }

            _lookups += one.CacheLookups;
            _hits += one.CacheHits;
            _timed += finished ? 1 : 0;
            _milliseconds += finished ? one.Milliseconds : 0;
        }

        public void Append(in Sums later)
        {
            _count += later._count;
            _sharpeCount += later._sharpeCount;
            _sharpe += later._sharpe;
            _sharpeSquares += later._sharpeSquares;
            _returnCount += later._returnCount;
            _return += later._return;
            _lookups += later._lookups;
            _hits += later._hits;
            _timed += later._timed;
            _milliseconds += later._milliseconds;
            _leftOut += later._leftOut;
        }

        public readonly IterationGroup ToGroup(
            GenerationMode mode,
            SuccessLevel level,
            string? template,
            string? fingerprint
        ) =>
            new(
                mode,
                level,
                template,
                fingerprint,
                _count,
                _sharpeCount,
                _sharpe,
                _sharpeSquares,
                _returnCount,
                _return,
                _lookups,
                _hits,
                _timed,
                _milliseconds
            )
            {
                LeftOut = _leftOut,
            };
    }
}
