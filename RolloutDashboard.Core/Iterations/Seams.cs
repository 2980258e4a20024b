using RolloutDashboard.Core.Strategies;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Whether JSON may be used at this moment; read for every iteration.</summary>
public interface IJsonSwitch
{
    bool Allows { get; }
}

/// <summary>Gives out iterations: claim, switch and assignment in one write transaction.</summary>
public interface IIterationClaims
{
    /// <summary>Claims the next iteration; null when the loop is not to run.</summary>
    Task<ClaimedIteration?> ClaimAsync(RolloutEnvironment environment, CancellationToken cancellationToken);
}

/// <summary>Is told that the loop can't go on for now.</summary>
public interface ILoopWait
{
    /// <param name="until">When to try again; soon if nobody knows.</param>
    void Waits(string reason, DateTimeOffset? until = null);

    /// <summary>Says that an iteration which has begun waits, until disposed. It claims no other meanwhile, and is a sign of life.</summary>
    IDisposable Hold(LoopWaitKind kind, string reason);
}

/// <summary>Tells pages that something changed; carries no data.</summary>
public interface IRolloutChanges
{
    void Publish();

    /// <summary>The same for what happens all the time, such as an iteration that ended: where many look, they may see it some seconds later.</summary>
    void PublishProgress() => Publish();
}

/// <summary>A claimed iteration with all that it runs under.</summary>
public sealed record ClaimedIteration(
    long Id,
    int RolloutId,
    RolloutEnvironment Environment,
    long Number,
    string Seed,
    IterationKind Kind,
    RequestSource Source,
    GenerationMode AssignedMode,
    bool IsExploration,
    bool FallbackToFullCode,
    bool PreferJsonMode,
    bool TemplateCacheEnabled,
    DateTimeOffset ClaimedAt)
{
    /// <summary>1.0 when exploring, else 0.7.</summary>
    public double Temperature => IsExploration ? 1.0 : 0.7;
}

/// <summary>What a pipeline hands to the record.</summary>
/// <param name="EffectiveMode">What really produced the strategy.</param>
/// <param name="Visible">Measured on the days before the hold-out; null when there is nothing to measure.</param>
public sealed record IterationOutcome(
    GenerationOutcome Generation,
    GenerationMode EffectiveMode,
    IReadOnlyList<GenerationAttempt> Attempts,
    Backtesting.BacktestResult? Visible,
    SuccessLevel Level,
    GenerationFailure? Failure,
    long? ShownChampion,
    string MarketDataVersion,
    string MetricBasis,
    double BacktestMilliseconds,
    double TotalMilliseconds)
{
    /// <summary>The failure of the assigned mode, where another mode was asked afterwards: it stands whatever becomes of that.</summary>
    public IterationOutcome? Decided { get; init; }
}
