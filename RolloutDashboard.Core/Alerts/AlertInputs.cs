using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts;

/// <summary>What the alert rules look at, as of one moment.</summary>
public sealed record AlertInputs
{
    private MadeWindows? _windows;

    public required DateTimeOffset Now { get; init; }

    /// <summary>Last resume, or the start of the rollout; no window reaches behind it. A promotion does not cut
    /// them.</summary>
    public required DateTimeOffset ResumedAt { get; init; }

    /// <summary>Iterations of the attempt; older ones than the last resume are left out by the rules.</summary>
    public required IReadOnlyList<EvidenceRow> Rows { get; init; }

    /// <summary>Iterations before the attempt that a window may still reach, in order; older ones than the last resume
    /// are left out by the rules.</summary>
    public IReadOnlyList<EvidenceRow> Before { get; init; } = [];

    /// <summary>
    /// Lowest number of an iteration since the last resume, where numbers tell: 0 where all given here are. Null where
    /// only times do, as in histories and simulations. A clock that was set makes times of one day useless for that.
    /// </summary>
    public long? SinceNumber { get; init; }

    /// <summary>The loop is meant to run, also while it waits for something: who waits too long is told.</summary>
    public bool LoopShouldRun { get; init; }

    /// <summary>What the loop waits for; null while it waits for nothing.</summary>
    public string? LoopWaitsFor { get; init; }

    /// <summary>Latest moment at which the loop waited for a provider or for budget, which rules of their own tell of;
    /// null for never.</summary>
    public DateTimeOffset? AwaitedAnswerAt { get; init; }

    /// <summary>End of the latest iteration; null before the first.</summary>
    public DateTimeOffset? LastIterationAt { get; init; }

    /// <summary>When an unclean stop was found or the loop's job was seen dead; null for never.</summary>
    public DateTimeOffset? CrashAt { get; init; }

    /// <summary>What crashed, for the alert's text.</summary>
    public string? CrashText { get; init; }

    /// <summary>When damage of the database was detected and not yet repaired.</summary>
    public DateTimeOffset? DatabaseDamagedAt { get; init; }

    /// <summary>Calls in a row that no provider could answer.</summary>
    public int AllProvidersFailedInARow { get; init; }

    /// <summary>Calls in a row that the preferred provider failed while another answered.</summary>
    public int PreferredProviderFailedInARow { get; init; }

    /// <summary>Each failing provider with its latest fault; null while none fails.</summary>
    public string? ProviderFaults { get; init; }

    /// <summary>Which budget of generation is used up; null while there is some left.</summary>
    public string? BudgetUsedUp { get; init; }

    /// <summary>Null where not measured.</summary>
    public int? OpenBlockingFindings { get; init; }

    /// <summary>Configured JSON share; null where the source decides.</summary>
    public double? ConfiguredShare { get; init; }

    /// <summary>What the gate's evidence recommends; a halt alarms until a person resolves it.</summary>
    public Recommendation GateRecommendation { get; init; } = Recommendation.CollectMore;

    public string? GateSummary { get; init; }

    /// <summary>A halt that nobody has resolved, of this attempt or an earlier one.</summary>
    public string? OpenHalt { get; init; }

    /// <summary>By when the override that the stage was entered by was to be made good; null without one.</summary>
    public DateTimeOffset? OverrideExpiresAt { get; init; }

    /// <summary>Since when the loop has been expected to run: its start, or that of the process.</summary>
    public DateTimeOffset? LoopStartedAt { get; init; }

    /// <summary>The windows over the JSON arm; several rules look at the same, so they are made once.</summary>
    internal IReadOnlyList<JsonWindow> Windows(AlertThresholds thresholds)
    {
        // A copy makes its own.
        if (_windows is not { } made || !ReferenceEquals(made.Of, this) || !ReferenceEquals(made.By, thresholds))
        {
            _windows = made = new MadeWindows(this, thresholds, JsonWindow.Of(this, thresholds));
        }

        return made.Windows;
    }

    /// <summary>Iterations of the attempt since the last resume, in order.</summary>
    public IReadOnlyList<EvidenceRow> Current =>
        ArmEvidence.InOrder(Rows.All(IsSinceResume) ? Rows : ChunkedList.Of(Rows.Where(IsSinceResume)));

    /// <summary>The same with those before the attempt, for windows.</summary>
    public IReadOnlyList<EvidenceRow> Reached =>
        Before.Count == 0 ? Current : ArmEvidence.InOrder(ChunkedList.Of(Before.Concat(Rows).Where(IsSinceResume)));

    private bool IsSinceResume(EvidenceRow row) =>
        SinceNumber is { } from ? row.Number >= from : row.StartedAt >= ResumedAt;

    private sealed class MadeWindows(AlertInputs of, AlertThresholds by, IReadOnlyList<JsonWindow> windows)
    {
        public AlertInputs Of => of;

        public AlertThresholds By => by;

        public IReadOnlyList<JsonWindow> Windows => windows;
    }
}
