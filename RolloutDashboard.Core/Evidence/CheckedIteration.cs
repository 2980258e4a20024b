using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Evidence;

/// <summary>One iteration as the evidence checks see it, live or imported. Null means not recorded.</summary>
public sealed record CheckedIteration
{
    public required long Number { get; init; }

    public required GenerationMode AssignedMode { get; init; }

    /// <summary>Whether nobody said which arm it belongs to, so that <see cref="AssignedMode"/> says nothing; of
    /// imports only.</summary>
    public bool ArmUndeclared { get; init; }

    /// <summary>Sharpe ratio of the champion at its time, as the record itself has it; of imports only.</summary>
    public double? ChampionSharpe { get; init; }

    /// <summary>What really produced the strategy, as recorded.</summary>
    public GenerationMode? EffectiveMode { get; init; }

    /// <summary>What its content shows it to be: parameters of a template, or a program of its own.</summary>
    public GenerationMode? ContentMode { get; init; }

    /// <summary>Whether a fallback was recorded that explains a difference of the modes.</summary>
    public bool FallbackRecorded { get; init; }

    public IterationKind Kind { get; init; }

    public IterationStatus Status { get; init; } = IterationStatus.Finished;

    /// <summary>Who or what ended a cancelled iteration; null where that was not recorded.</summary>
    public CancellationReason? Cancellation { get; init; }

    /// <summary>The level as stored or declared.</summary>
    public SuccessLevel? Level { get; init; }

    /// <summary>Whether the strategy ran; null where that was not recorded.</summary>
    public bool? Executed { get; init; }

    public double? SharpeRatio { get; init; }

    public double? TotalReturn { get; init; }

    public double? MaxDrawdown { get; init; }

    public string? Fingerprint { get; init; }

    public string? TemplateName { get; init; }

    /// <summary>Whether the output equals an example in its own prompt.</summary>
    public bool EchoesPrompt { get; init; }

    public string? ErrorSignature { get; init; }

    /// <summary>Metric basis of records that hold a return a year, and no total one.</summary>
    public const string AnnualReturn = "annual return";

    /// <summary>Return basis, costs and dates in one line.</summary>
    public string? MetricBasis { get; init; }

    public string? MarketDataVersion { get; init; }

    public string? EngineVersion { get; init; }

    /// <summary>JSON share configured at its assignment; null where the source decided.</summary>
    public double? ConfiguredShare { get; init; }

    /// <summary>What it ran under; comparisons are stratified by it.</summary>
    public string Segment { get; init; } = "";

    public DateTimeOffset? StartedAt { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Stage as "3.2"; null where there are no stages.</summary>
    public string? Stage { get; init; }

    /// <summary>US dollars; null when unknown.</summary>
    public double? CostUsd { get; init; }

    /// <summary>Arms whose champion or feedback its prompt showed.</summary>
    public IReadOnlyList<GenerationMode> ShownArms { get; init; } = [];

    /// <summary>Whether its prompt showed a strategy of another lineage than its own.</summary>
    public bool ShownOtherLineage { get; init; }

    /// <summary>The lineage that it belongs to; null where none is recorded.</summary>
    public EvidenceLineage? Lineage { get; init; }

    /// <summary>Its place in the lineage, from 1; 0 without one.</summary>
    public int LineagePosition { get; init; }

    /// <summary>Generated, and finished or lost: what counts in rates.</summary>
    public bool Counts =>
        Kind == IterationKind.Generated && Status is (IterationStatus.Finished or IterationStatus.Lost);

    /// <summary>Whether another mode stepped in, on record, after the assigned one had failed.</summary>
    public bool FellBack =>
        FallbackRecorded && Kind == IterationKind.Generated && EffectiveMode is { } made && made != AssignedMode;

    /// <summary>Level 3 of an iteration that counts, made in its assigned mode.</summary>
    public bool Succeeded =>
        Kind == IterationKind.Generated
        && Status == IterationStatus.Finished
        && Level == SuccessLevel.Profitable
        && !FellBack;
}
