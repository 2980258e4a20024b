using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>Which iterations a judgement saw, so that the same can be put together again later: ended ones never
/// change.</summary>
/// <param name="UpTo">Highest number it saw; 0 for none.</param>
/// <param name="Running">Numbers up to there that had not ended.</param>
public sealed record EvidenceSnapshot(int Attempt, long UpTo, IReadOnlyList<long> Running)
{
    public static EvidenceSnapshot Of(int attempt, GateInputs inputs)
    {
        var all = inputs.EarlierRows.Concat(inputs.Rows);
        return new EvidenceSnapshot(
            attempt,
            all.Max(row => (long?)row.Number) ?? 0,
            [.. all.Where(row => row.Status == IterationStatus.Running).Select(row => row.Number).Order()]
        );
    }

    /// <summary>The rows of one attempt as they were then.</summary>
    /// <param name="rows">The attempt's rows as they are now.</param>
    public IReadOnlyList<EvidenceRow> AsSeen(IEnumerable<EvidenceRow> rows)
    {
        var running = Running.ToHashSet();
        return
        [
            .. rows.Where(row => row.Number <= UpTo).Select(row => running.Contains(row.Number) ? Unended(row) : row),
        ];
    }

    private static EvidenceRow Unended(EvidenceRow row) =>
        row with
        {
            Status = IterationStatus.Running,
            EffectiveMode = null,
            Level = null,
            SharpeRatio = null,
            TotalReturn = null,
            Fingerprint = null,
            CacheLookups = 0,
            CacheHits = 0,
            EndedAt = null,
        };
}
