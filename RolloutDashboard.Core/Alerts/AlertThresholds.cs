namespace RolloutDashboard.Core.Alerts;

/// <summary>Thresholds and windows of the alert rules. Rates are shares, 0 to 1.</summary>
public sealed record AlertThresholds
{
    /// <summary>Those that the rollout is judged by; replay, comparison and plan check take them from here
    /// too.</summary>
    public static AlertThresholds InForce { get; } = new();

    /// <summary>Default 70 %.</summary>
    public double SuccessWarning { get; init; } = 0.70;

    /// <summary>Default 50 %: immediate rollback.</summary>
    public double SuccessCritical { get; init; } = 0.50;

    /// <summary>Default 10 %.</summary>
    public double ErrorRate { get; init; } = 0.10;

    /// <summary>Default 90 %.</summary>
    public double CacheHitRate { get; init; } = 0.90;

    public double MeanSharpe { get; init; } = 0.15;

    /// <summary>Distance beyond the threshold at which a firing rate rule recovers. Default 5 points.</summary>
    public double RecoveryMargin { get; init; } = 0.05;

    /// <summary>Distance beyond the threshold at which the Sharpe rule recovers.</summary>
    public double SharpeRecoveryMargin { get; init; } = 0.05;

    /// <summary>Default 24 hours.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>JSON iterations to which the window is extended back. Default 20; with fewer the rules do not
    /// judge.</summary>
    public int WindowMinimum { get; init; } = 20;

    /// <summary>Size of the window by count. Default 30.</summary>
    public int Latest { get; init; } = 30;

    /// <summary>Longest time without an iteration. Default 15 minutes.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Failed calls in a row that alarm. Default 3.</summary>
    public int ProviderFailures { get; init; } = 3;

    /// <summary>How long a warning's condition must hold before it fires. Default 1 minute; critical rules act at
    /// once.</summary>
    public TimeSpan PendingTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Always-valid p-value below which the mode share is off.</summary>
    public double ShareSignificance { get; init; } = 0.001;
}
