using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>One iteration as the evidence checks see it, live or imported. Null means not recorded.</summary>
public sealed record CheckedIteration
{
    public required long Number { get; init; }

    public required GenerationMode AssignedMode { get; init; }

    /// <summary>Whether nobody said which arm it belongs to, so that <see cref="AssignedMode"/> says nothing; of imports only.</summary>
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

    /// <summary>Generated, and finished or lost: what counts in rates.</summary>
    public bool Counts => Kind == IterationKind.Generated && Status is (IterationStatus.Finished or IterationStatus.Lost);

    /// <summary>Whether another mode stepped in, on record, after the assigned one had failed.</summary>
    public bool FellBack => FallbackRecorded && Kind == IterationKind.Generated && EffectiveMode is { } made && made != AssignedMode;

    /// <summary>Level 3 of an iteration that counts, made in its assigned mode.</summary>
    public bool Succeeded => Kind == IterationKind.Generated && Status == IterationStatus.Finished && Level == SuccessLevel.Profitable && !FellBack;
}

/// <summary>The champion that a set of iterations goes with.</summary>
/// <param name="IterationNumber">Null where no iteration is named.</param>
/// <param name="AgeIterations">Iterations since it was crowned.</param>
public sealed record CheckedChampion(long? IterationNumber, double SharpeRatio, int AgeIterations);

/// <summary>Iterations to check, with what is known about them as a whole.</summary>
public sealed record EvidenceSet
{
    private (IReadOnlyList<CheckedIteration> Of, IReadOnlyList<CheckedIteration> Json, IReadOnlyList<CheckedIteration> FullCode)? _arms;

    /// <summary>In the order in which they were recorded.</summary>
    public required IReadOnlyList<CheckedIteration> Iterations { get; init; }

    /// <summary>How many were begun, where something else than the records knows it.</summary>
    public long? Begun { get; init; }

    /// <summary>Number of the first iteration that should be there. Default 1.</summary>
    public long FirstNumber { get; init; } = 1;

    /// <summary>Where the clock was corrected, which was told then.</summary>
    public IReadOnlyList<CorrectedClock> Corrections { get; init; } = [];

    /// <summary>Whether the run is called complete.</summary>
    public bool CalledComplete { get; init; }

    /// <summary>The champion that reigns.</summary>
    public CheckedChampion? Champion { get; init; }

    /// <summary>Every other champion: those before it, and those of the arms.</summary>
    public IReadOnlyList<CheckedChampion> OtherChampions { get; init; } = [];

    /// <summary>Best Sharpe ratio of the run's records before these, where these are a part of it.</summary>
    public double? EarlierBestSharpe { get; init; }

    /// <summary>Parameter combinations of each template.</summary>
    public IReadOnlyDictionary<string, long> TemplateSpaces { get; init; } = new Dictionary<string, long>();

    /// <summary>What counts in rates, by arm.</summary>
    public IReadOnlyList<CheckedIteration> Arm(GenerationMode mode)
    {
        // Every check asks; the two lists are made once for these iterations, and anew in a copy that holds others.
        var arms = _arms is { } made && ReferenceEquals(made.Of, Iterations) ? made : (Iterations, Counting(GenerationMode.Json), Counting(GenerationMode.FullCode));
        _arms = arms;
        return mode == GenerationMode.Json ? arms.Json : arms.FullCode;
    }

    /// <summary>Iterations that belong together, where one group must not speak for another: arms, those without an arm, mutations.</summary>
    public IEnumerable<EvidenceGroup> Groups =>
        new EvidenceGroup[]
        {
            new(nameof(GenerationMode.Json), "JSON", Arm(GenerationMode.Json)),
            new(nameof(GenerationMode.FullCode), "full code", Arm(GenerationMode.FullCode)),
            new("Undeclared", "undeclared", [.. Iterations.Where(one => one.Counts && one.ArmUndeclared)]),
            new("Mutation", "mutation", Mutations) { Counts = false },
        }.Where(group => group.Iterations.Count > 0);

    /// <summary>Mutations that ended; they count in no rate.</summary>
    public IReadOnlyList<CheckedIteration> Mutations =>
        [.. Iterations.Where(one => one.Kind == IterationKind.Mutation && one.Status is (IterationStatus.Finished or IterationStatus.Lost))];

    private CheckedIteration[] Counting(GenerationMode mode) => Iterations.Where(one => one.Counts && one.AssignedMode == mode && !one.ArmUndeclared).ToArray();
}

/// <summary>What a check of a live rollout looks at.</summary>
public enum EvidenceScope
{
    /// <summary>The evidence window of the gate: the current stage and attempt.</summary>
    Attempt = 0,

    /// <summary>Every iteration since the rollout was opened.</summary>
    Rollout = 1,
}

/// <summary>One check: pure, whole sets in, findings out.</summary>
public interface IEvidenceCheck
{
    string Code { get; }

    /// <summary>Which iterations of a live rollout it is to see.</summary>
    EvidenceScope Scope => EvidenceScope.Attempt;

    /// <summary>Whether it says something of a part of the iterations too, such as one mode of one period.</summary>
    bool FitsParts => true;

    IEnumerable<Finding> Check(EvidenceSet set);
}
