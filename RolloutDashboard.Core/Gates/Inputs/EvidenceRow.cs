using RolloutDashboard.Core.Statistics.Overfitting;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>One iteration as judgement sees it.</summary>
public sealed record EvidenceRow
{
    /// <summary>Number in its environment; orders the rows.</summary>
    public required long Number { get; init; }

    public RequestSource Source { get; init; }

    public required GenerationMode AssignedMode { get; init; }

    /// <summary>The mode that produced the strategy; null while none did.</summary>
    public GenerationMode? EffectiveMode { get; init; }

    public IterationKind Kind { get; init; }

    public required IterationStatus Status { get; init; }

    /// <summary>Null unless finished.</summary>
    public SuccessLevel? Level { get; init; }

    public double? SharpeRatio { get; init; }

    /// <summary>Cumulative, as a share: 0.12 is 12 %.</summary>
    public double? TotalReturn { get; init; }

    /// <summary>Equal for equal strategies; null when no strategy came out.</summary>
    public string? Fingerprint
    {
        get => Strategy?.Text;
        init => Strategy = value is null ? null : new StrategyKey(value);
    }

    /// <summary>The fingerprint, ready to be counted.</summary>
    internal StrategyKey? Strategy { get; init; }

    public int CacheLookups { get; init; }

    public int CacheHits { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Share, prompt, model, provider, market data and engine in one key; comparisons are stratified by
    /// it.</summary>
    public string SegmentKey { get; init; } = "";

    /// <summary>The lineage that it belongs to; null for mutations and where none is recorded.</summary>
    public EvidenceLineage? Lineage { get; init; }

    /// <summary>Its place in the lineage, from 1, whatever became of it; 0 without a lineage.</summary>
    public int LineagePosition { get; init; }

    /// <summary>Configuration version that the iteration ran under; 0 where it is not recorded.</summary>
    public int ConfigurationNumber { get; init; }

    /// <summary>JSON share configured when the iteration was assigned, 0 to 1; null where the source decided.</summary>
    public double? ConfiguredShare { get; init; }

    /// <summary>Whether the row counts in rates: a generated iteration that finished or was lost.</summary>
    public bool Counts =>
        Kind == IterationKind.Generated && Status is (IterationStatus.Finished or IterationStatus.Lost);

    /// <summary>Who or what ended a cancelled iteration; null for all others.</summary>
    public CancellationReason? Cancellation { get; init; }

    /// <summary>Whether another mode stepped in after the assigned one had failed.</summary>
    public bool FellBack => Kind == IterationKind.Generated && EffectiveMode is { } made && made != AssignedMode;

    /// <summary>Level for counting in the assigned arm: Level 0 if it was lost, fell back, or finished without a
    /// level.</summary>
    public SuccessLevel CountedLevel =>
        Status == IterationStatus.Finished && !FellBack ? Level ?? SuccessLevel.Failed : SuccessLevel.Failed;

    /// <summary>Level 3 of a row that counts, made in its assigned mode.</summary>
    public bool Succeeded => Counts && CountedLevel == SuccessLevel.Profitable;

    /// <summary>Level 3 of a row that counts, in whichever mode it was made.</summary>
    public bool SucceededInAnyMode => Counts && Status == IterationStatus.Finished && Level == SuccessLevel.Profitable;

    /// <summary>The row as its assigned arm counts it: what another mode made in its place is no result of this
    /// one.</summary>
    public EvidenceRow AsAssigned =>
        !FellBack
            ? this
            : this with
            {
                Level = SuccessLevel.Failed,
                SharpeRatio = null,
                TotalReturn = null,
                Fingerprint = null,
            };
}
