using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Statistics.Overfitting;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evaluation.Inputs;

/// <summary>What has been read of one stage. Lists that it gave out never change; not for several threads at
/// once.</summary>
/// <param name="opening">Of the database, from <see cref="Storage.DatabaseAvailability.Openings"/>.</param>
internal sealed class StageEvidenceCache(int rolloutId, Stage stage, long opening)
{
    private readonly List<(int Attempt, EvidenceRow Row)> _rows = [];
    private readonly HashSet<long> _running = [];

    // Equal strategies and segments share one object each: there are few, and very many rows.
    private readonly Dictionary<string, string> _segments = new(StringComparer.Ordinal);
    private readonly Dictionary<StrategyKey, StrategyKey> _strategies = [];
    private readonly Dictionary<long, EvidenceLineage> _lineages = [];
    private Dictionary<int, double?> _shares = [];
    private (int Attempt, StageEvidence Rows)? _given;

    /// <summary>Highest number that was looked at, of any stage.</summary>
    public long Highest { get; private set; }

    /// <summary>Numbers that had not ended when they were read.</summary>
    public IReadOnlyCollection<long> Running => _running;

    public bool IsOf(Rollout rollout, long databaseOpening) =>
        rollout.Id == rolloutId && rollout.Stage == stage && databaseOpening == opening;

    /// <summary>Whether the configurations of all these rows are known.</summary>
    public bool Knows(IEnumerable<RecordedRow> rows) => rows.All(row => _shares.ContainsKey(row.ConfigurationNumber));

    /// <summary>Highest key of a lineage that is known; 0 for none.</summary>
    public long HighestLineage { get; private set; }

    /// <summary>Whether the lineages of all these rows are known.</summary>
    public bool KnowsLineages(IEnumerable<RecordedRow> rows) =>
        rows.All(row => row.LineageId is not { } id || _lineages.ContainsKey(id));

    /// <summary>Adds lineages; before the rows that belong to them.</summary>
    public void Take(IReadOnlyDictionary<long, EvidenceLineage> lineages)
    {
        foreach (var (id, lineage) in lineages)
        {
            _lineages[id] = lineage;
            HighestLineage = Math.Max(HighestLineage, id);
        }
    }

    /// <param name="shares">Configured JSON share by configuration; null if nothing was added.</param>
    public void Take(IReadOnlyList<RecordedRow> rows, long highest, Dictionary<int, double?>? shares)
    {
        _shares = shares ?? _shares;
        Highest = Math.Max(Highest, highest);
        foreach (var recorded in rows)
        {
            Put(
                recorded.Attempt,
                recorded.Row with
                {
                    ConfiguredShare = _shares.GetValueOrDefault(recorded.ConfigurationNumber),
                    Strategy = recorded.Row.Strategy is { } strategy ? Shared(_strategies, strategy) : null,
                    SegmentKey = Shared(_segments, recorded.Row.SegmentKey),
                    Lineage = recorded.LineageId is { } id ? _lineages.GetValueOrDefault(id) : null,
                }
            );
        }

        _given = rows.Count > 0 ? null : _given;
    }

    public StageEvidence Rows(int attempt)
    {
        if (_given is not { } given || given.Attempt != attempt)
        {
            given = (
                attempt,
                new StageEvidence(
                    ChunkedList.Of(_rows.Where(row => row.Attempt == attempt).Select(row => row.Row)),
                    ChunkedList.Of(_rows.Where(row => row.Attempt < attempt).Select(row => row.Row))
                )
            );
            _given = given;
        }

        return given.Rows;
    }

    private void Put(int attempt, EvidenceRow row)
    {
        _ = row.Status == IterationStatus.Running ? _running.Add(row.Number) : _running.Remove(row.Number);
        if (_rows.Count == 0 || _rows[^1].Row.Number < row.Number)
        {
            _rows.Add((attempt, row));
            return;
        }

        var at = IndexOf(row.Number);
        if (_rows[at].Row.Number == row.Number)
        {
            _rows[at] = (attempt, row);
        }
        else
        {
            _rows.Insert(at, (attempt, row));
        }
    }

    // First index whose number is not smaller; there is one.
    private int IndexOf(long number)
    {
        var (low, high) = (0, _rows.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _rows[middle].Row.Number < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static T Shared<T>(Dictionary<T, T> known, T one)
        where T : class
    {
        if (known.TryGetValue(one, out var first))
        {
            return first;
        }

        known[one] = one;
        return one;
    }
}
