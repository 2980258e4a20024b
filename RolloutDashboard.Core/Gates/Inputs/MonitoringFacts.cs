namespace RolloutDashboard.Core.Gates.Inputs;

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

    /// <summary>Blocking findings that are neither fixed nor dismissed; null while the checks have no current
    /// answer.</summary>
    public int? OpenBlockingFindings { get; init; }

    /// <summary>Why the evidence checks have no answer, where they failed or have not run lately.</summary>
    public string? EvidenceFault { get; init; }

    /// <summary>Outcome of the latest validation run of the next stage's configuration.</summary>
    public bool? StagingValidationPassed { get; init; }
}
