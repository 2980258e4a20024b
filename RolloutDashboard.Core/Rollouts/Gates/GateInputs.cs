using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Rollouts.Gates;

/// <summary>Everything a gate judges, as values.</summary>
public sealed record GateInputs
{
    public required Stage Stage { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Start of the stage's current attempt.</summary>
    public required DateTimeOffset AttemptStartedAt { get; init; }

    /// <summary>Setting Stages:MinimumTime of the stage; zero in a Demo.</summary>
    public TimeSpan MinimumTime { get; init; }

    /// <summary>Configured JSON share, 0 to 1; null in stage 3.1, where the source decides.</summary>
    public double? ConfiguredShare { get; init; }

    /// <summary>Iterations of this environment, stage and attempt, whatever their status.</summary>
    public required IReadOnlyList<EvidenceRow> Rows { get; init; }

    /// <summary>Iterations of this stage's earlier attempts; they stay in the always-valid sequence.</summary>
    public IReadOnlyList<EvidenceRow> EarlierRows { get; init; } = [];

    public MonitoringFacts Facts { get; init; } = new();

    public bool IsDemo { get; init; }

    /// <summary>Setting Gates:RequireProof: a point estimate alone does not pass.</summary>
    public bool RequireProof { get; init; }

    /// <summary>Setting Rollout:RequireStaging.</summary>
    public bool RequireStaging { get; init; } = true;
}

/// <summary>What monitoring knows beside the iterations; null means not measured.</summary>
public sealed record MonitoringFacts
{
    /// <summary>When the figures were last brought up to date.</summary>
    public DateTimeOffset? DataAt { get; init; }

    /// <summary>Why nothing has been judged for minutes; null while judgement works.</summary>
    public string? JudgementFault { get; init; }

    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>Latest test alert delivered by e-mail, Slack or SMS.</summary>
    public DateTimeOffset? TestAlertAt { get; init; }

    /// <summary>Latest test alert shown by the dashboard itself; counts in a Demo.</summary>
    public DateTimeOffset? DashboardTestAlertAt { get; init; }

    /// <summary>System crashes since the attempt started.</summary>
    public int? Crashes { get; init; }

    /// <summary>Share of heartbeats that came, 0 to 1.</summary>
    public double? Uptime { get; init; }

    public ResourceUse? Resources { get; init; }

    public FeedbackScore? Feedback { get; init; }

    public SignOff? SignOff { get; init; }

    /// <summary>Whether a comparison report was generated in this attempt.</summary>
    public bool? ComparisonReport { get; init; }

    /// <summary>Iterations of this attempt whose mode could not be read or was not obeyed.</summary>
    public int? SwitchingErrors { get; init; }

    /// <summary>Blocking findings that are neither fixed nor dismissed; null while the checks have no current answer.</summary>
    public int? OpenBlockingFindings { get; init; }

    /// <summary>Why the evidence checks have no answer, where they failed or have not run lately.</summary>
    public string? EvidenceFault { get; init; }

    /// <summary>Outcome of the latest validation run of the next stage's configuration.</summary>
    public bool? StagingValidationPassed { get; init; }
}

/// <param name="CpuShare">Of all processors, 0 to 1.</param>
/// <param name="QueueAge">Age of the oldest waiting job; null where it is not measured.</param>
public sealed record ResourceUse(double WorkingSetMegabytes, double CpuShare, double FreeDiskGigabytes, TimeSpan? QueueAge);

/// <param name="Mean">1 to 5.</param>
/// <param name="People">Different signed-in people.</param>
public sealed record FeedbackScore(double Mean, int People);

/// <summary>Business objectives signed off by a person.</summary>
public sealed record SignOff(string Name, DateTimeOffset At);
