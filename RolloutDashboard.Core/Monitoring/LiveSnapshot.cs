using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Rollouts.Procedures;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring;

/// <summary>How the loop stands.</summary>
public enum LoopState
{
    Running,
    Paused,
    Stopped,

    /// <summary>Wants to run but can't: no provider, no disk, no market. The reason says which.</summary>
    Waiting,
}

/// <summary>Everything that the live page shows, as of one moment.</summary>
public sealed record LiveSnapshot(
    DateTimeOffset At,
    RolloutHead Rollout,
    IReadOnlyList<StageEntry> Timeline,
    GateReport Gate,
    ArmSummary Json,
    ArmSummary FullCode,
    ArmComparison Comparison,
    RollingFigures Rolling,
    IReadOnlyList<SeriesPoint> Series,
    IReadOnlyList<ChartMark> Marks,
    IReadOnlyList<AlertEntry> Alerts,
    IReadOnlyList<EventEntry> RecentEvents,
    HealthSummary Health,
    IReadOnlyList<DecisionEntry> Decisions,
    RollbackView? Rollback,
    ChampionEntry? Champion)
{
    /// <summary>A gradual rollback that goes on or ended within the last day; null without one.</summary>
    public ProcedureView? Gradual { get; init; }

    /// <summary>A drill that goes on; null without one.</summary>
    public ProcedureView? Drill { get; init; }

    /// <summary>Of the alerts, those that are open on what can't be evaluated or done.</summary>
    public IReadOnlyList<AlertEntry> Faults => [.. Alerts.Where(alert => alert.ResolvedAt is null && (alert.Rule == AlertNames.JudgementFails || alert.Rule.StartsWith(AlertNames.Fault, StringComparison.Ordinal)))];
}

/// <summary>Head of the page: what runs, where, and what happens next.</summary>
/// <param name="StateVersion">Version that every action but the stop must have seen.</param>
/// <param name="JsonEnabled">Whether JSON may be assigned now (configuration, latch and marker file all allow it).</param>
/// <param name="JsonOffReason">Why not, if not.</param>
/// <param name="Headline">The state in words, with its tone, countdown, next step and figures.</param>
public sealed record RolloutHead(
    int Id,
    string Name,
    bool IsDemo,
    RolloutEnvironment Environment,
    Stage Stage,
    int Attempt,
    long StateVersion,
    int ConfigurationVersion,
    LoopState Loop,
    string? LoopReason,
    bool JsonEnabled,
    string? JsonOffReason,
    Verdict Verdict,
    Headline Headline)
{
    /// <summary>Why the rollout can't be promoted now, as a disabled button says it; null when a person may.</summary>
    public string? WhyNoPromotion { get; init; }

    /// <summary>The override that the current stage was entered by; stays visible.</summary>
    public OverrideView? Override { get; init; }
}

/// <param name="State">"done", "current", "ahead", "rolled back", "halted".</param>
/// <param name="Counts">What the stage's gate counts, of its latest attempt: finished and lost iterations.</param>
public sealed record StageEntry(Stage Stage, string State, int Attempt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? PlannedEnd, IReadOnlyList<StageCount> Counts, TimeSpan MinimumTime, Verdict? GateVerdict);

/// <summary>One of the numbers that a gate asks for.</summary>
/// <param name="Name">"iterations", "JSON iterations", "full-code iterations".</param>
public sealed record StageCount(string Name, int Count, int Required)
{
    /// <summary>0 to 1.</summary>
    public double Progress => Required > 0 ? Math.Clamp((double)Count / Required, 0, 1) : 1;

    /// <summary>"64 of 100 JSON iterations"; beyond the minimum "713 JSON iterations, at least 100 needed".</summary>
    public string Words => Count <= Required ? $"{Figures.Count(Count)} of {Figures.Count(Required)} {Name}" : $"{Figures.Count(Count)} {Name}, at least {Figures.Count(Required)} needed";
}

/// <summary>One arm in the stage's current attempt, by assigned mode.</summary>
/// <param name="Finished">Iterations that count: finished and lost ones.</param>
/// <param name="SuccessInterval">Wilson interval on the effective n, 95 %.</param>
/// <param name="EffectiveModeSuccessRate">The same by effective mode, shown beside it.</param>
public sealed record ArmSummary(
    GenerationMode Mode,
    int Finished,
    int Level0,
    int Level1,
    int Level2,
    int Level3,
    int Lost,
    int Cancelled,
    int Running,
    double? SuccessRate,
    Interval? SuccessInterval,
    double? MeanSharpe,
    Interval? SharpeInterval,
    double? MeanTotalReturn,
    int Distinct,
    double EffectiveN,
    double? EffectiveModeSuccessRate,
    int EffectiveModeN,
    double? CacheHitRate,
    double? MeanSeconds)
{
    /// <summary>The cancelled ones by who or what ended them, most frequent first.</summary>
    public IReadOnlyList<CancelledCount> CancelledBy { get; init; } = [];
}

/// <summary>Cancelled iterations of one reason.</summary>
public sealed record CancelledCount(CancellationReason Reason, int Count);

/// <param name="Ratio">Success ratio JSON : full code; null where it can't be computed.</param>
/// <param name="IsComparable">False in stage 3.1, where the arms answer different requests.</param>
/// <param name="Note">Why the ratio can't be computed or compared, or null.</param>
public sealed record ArmComparison(double? Ratio, Interval? RatioInterval, bool IsComparable, string? Note);

/// <summary>The big figures: JSON success and mode distribution over the last 24 hours.</summary>
public sealed record RollingFigures(TimeSpan Window, double? JsonSuccessRate, int JsonN, double? OverallSuccessRate, int OverallN, int JsonCount, int FullCodeCount, double? ErrorRate, double IterationsPerMinute);

/// <summary>One time bucket of the charts.</summary>
/// <param name="At">Start of the bucket.</param>
public sealed record SeriesPoint(DateTimeOffset At, int JsonFinished, int JsonSucceeded, int FullCodeFinished, int FullCodeSucceeded, double? JsonMeanSharpe, double? FullCodeMeanSharpe);

/// <param name="Kind">"stage", "promotion", "rollback", "override", "configuration", "model", "start".</param>
public sealed record ChartMark(DateTimeOffset At, string Kind, string Text);

public sealed record AlertEntry(long Id, string Rule, AlertSeverity Severity, string Text, DateTimeOffset Since, DateTimeOffset? ResolvedAt, string? AcknowledgedBy);

/// <param name="Severity">Warning or worse.</param>
public sealed record EventEntry(long Id, DateTimeOffset At, AlertSeverity Severity, string Source, string Text, long? IterationNumber);

/// <param name="LastIterationAt">End of the latest iteration.</param>
public sealed record HealthSummary(DateTimeOffset? LastIterationAt, int BusyWorkers, int Workers, double? Uptime, TimeSpan UptimeWindow, double? CacheHitRate, string Provider, string Market, IReadOnlyList<string> MarketNotes, string Sandbox, bool SandboxIsFull, double WorkingSetMegabytes, double FreeDiskGigabytes, DateTimeOffset StartedAt, DateTimeOffset? LastBackupAt)
{
    /// <summary>See <see cref="InstallationFacts.MarketData"/>.</summary>
    public string? MarketData { get; init; }
}

public sealed record DecisionEntry(long Sequence, DateTimeOffset At, string Kind, string Actor, string Text, string? Reason);

/// <summary>The latest rollback procedure with its steps as they fill in.</summary>
/// <param name="State">"Stopping", "Stopped", "Verified".</param>
/// <param name="StoppedAfter">Time from the request to Stopped.</param>
/// <param name="VerifiedAfter">Time from the request to Verified.</param>
public sealed record RollbackView(long Id, string Kind, DateTimeOffset RequestedAt, string Actor, string Reason, string State, TimeSpan? StoppedAfter, TimeSpan? VerifiedAfter, TimeSpan Budget, IReadOnlyList<RollbackStepView> Steps)
{
    /// <summary>A later attempt or stage has begun since, so it says nothing of the present state.</summary>
    public bool IsPast { get; init; }
}

/// <param name="State">"done", "waiting", "running", "failed".</param>
public sealed record RollbackStepView(string Name, string State, DateTimeOffset? At, string Text);

public sealed record ChampionEntry(long IterationNumber, GenerationMode Mode, string? TemplateName, double SharpeRatio, double? HoldOutSharpe, double? DeflatedSharpe, int Trials, double? CalmarRatio, double? MaxDrawdown, int AgeIterations, DateTimeOffset CrownedAt);
