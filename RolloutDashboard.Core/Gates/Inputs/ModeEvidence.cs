using RolloutDashboard.Core.Statistics.Lineages;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>
/// The lineages of both arms as units of what is said about the modes, with the stage's earlier attempts. An open one
/// waits. One that an attempt's end or a cancellation cut short may have been cut because of its outcomes, so its
/// missing iterations count against a claim; any other that stays short is left out.
/// </summary>
public sealed class ModeEvidence
{
    private readonly List<Chain> _chains = [];

    private ModeEvidence() { }

    /// <summary>Planned length of the latest lineage, in iterations; 0 where there is none or it is endless.</summary>
    public int Length { get; private set; }

    /// <param name="earlier">Of the stage's earlier attempts.</param>
    /// <param name="rows">Of the current one.</param>
    public static ModeEvidence Of(IReadOnlyList<EvidenceRow> earlier, IReadOnlyList<EvidenceRow> rows)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(rows);
        var evidence = new ModeEvidence();
        var known = new Dictionary<long, Chain>();
        evidence.Add(earlier, isOver: true, known);
        evidence.Add(rows, isOver: false, known);
        evidence._chains.Sort((one, other) => one.LastNumber.CompareTo(other.LastNumber));
        return evidence;
    }

    /// <summary>The lineages of both arms by completion.</summary>
    /// <param name="isHit">What counts as a success.</param>
    public IReadOnlyList<LineageUnit> Lineages(Func<EvidenceRow, bool> isHit) =>
        _chains.ConvertAll(chain => chain.Count(isHit));

    /// <summary>Likewise, of one arm.</summary>
    public IEnumerable<LineageUnit> Lineages(GenerationMode mode, Func<EvidenceRow, bool> isHit) =>
        _chains.Where(chain => chain.IsJson == (mode == GenerationMode.Json)).Select(chain => chain.Count(isHit));

    /// <summary>Means of a metric over the complete lineages of an arm, by completion; those without a value left
    /// out.</summary>
    public IReadOnlyList<double> Means(GenerationMode mode, Func<EvidenceRow, double?> metric) =>
        [
            .. _chains
                .Where(chain => chain.IsJson == (mode == GenerationMode.Json) && chain.End == UnitEnd.Complete)
                .Select(chain => chain.Mean(metric))
                .OfType<double>(),
        ];

    private void Add(IReadOnlyList<EvidenceRow> rows, bool isOver, Dictionary<long, Chain> known)
    {
        foreach (var row in rows)
        {
            if (row.Lineage is not { PlannedLength: > 0 and var planned } lineage)
            {
                continue;
            }

            if (!known.TryGetValue(lineage.Id, out var chain))
            {
                chain = new Chain(row, planned, isOver);
                known.Add(lineage.Id, chain);
                _chains.Add(chain);
                Length = planned;
            }

            chain.Add(row);
        }
    }

    private sealed class Chain(EvidenceRow first, int planned, bool isOver)
    {
        private readonly List<EvidenceRow> _rows = new(planned);
        private bool _isCut;

        public bool IsJson => first.AssignedMode == GenerationMode.Json;

        /// <summary>Number of its latest iteration: the order of completion, as no clock and no outcome can change
        /// it.</summary>
        public long LastNumber { get; private set; }

        public UnitEnd End =>
            _rows.Count >= planned ? UnitEnd.Complete
            : isOver || _isCut ? UnitEnd.CutByOutcome
            : UnitEnd.Open;

        public void Add(EvidenceRow row)
        {
            _isCut |= row.Status == IterationStatus.Cancelled || row.SegmentKey != first.SegmentKey;
            if (row.Counts && row.SegmentKey == first.SegmentKey)
            {
                _rows.Add(row);
            }

            LastNumber = Math.Max(LastNumber, row.Number);
        }

        public double? Mean(Func<EvidenceRow, double?> metric) => _rows.Select(row => metric(row.AsAssigned)).Average();

        public LineageUnit Count(Func<EvidenceRow, bool> isHit)
        {
            var hits = 0;
            foreach (var row in _rows)
            {
                hits += isHit(row) ? 1 : 0;
            }

            return new LineageUnit(first.SegmentKey, IsJson, hits, _rows.Count, planned, End);
        }
    }
}
