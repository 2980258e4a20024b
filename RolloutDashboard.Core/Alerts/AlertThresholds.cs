using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RolloutDashboard.Core.Gates.Fields;

namespace RolloutDashboard.Core.Alerts;

/// <summary>Values of all thresholds of the alert rules. Those that several rules share are declared here, every other
/// one in its rule.</summary>
[JsonConverter(typeof(AlertThresholdsJson))]
public sealed record AlertThresholds
{
    private static readonly GateFieldRule s_size = new("", 1, 10_000, IsWhole: true);
    private static readonly AlertThreshold s_recoveryMargin = new(nameof(RecoveryMargin), 0.05, AlertThreshold.Share);
    private static readonly AlertThreshold s_window = new(nameof(Window), 24 * 60, AlertThreshold.Minutes)
    {
        IsTime = true,
    };

    private static readonly AlertThreshold s_windowMinimum = new(nameof(WindowMinimum), 20, s_size)
    {
        EditKey = "window-minimum",
        EditName = "Fewest JSON iterations of the 24 h window",
    };

    private static readonly AlertThreshold s_latest = new(nameof(Latest), 30, s_size)
    {
        EditKey = "latest",
        EditName = "JSON iterations of the second window",
    };

    private static readonly AlertThreshold s_providerFailures = new(nameof(ProviderFailures), 3, s_size);
    private static readonly AlertThreshold s_pendingTime = new(nameof(PendingTime), 1, AlertThreshold.Minutes)
    {
        IsTime = true,
    };

    /// <summary>Those that the rollout is judged by; replay, comparison and plan check take them from here
    /// too.</summary>
    public static AlertThresholds InForce { get; } = new();

    /// <summary>Those that several rules compare with.</summary>
    public static IReadOnlyList<AlertThreshold> Shared { get; } =
    [s_recoveryMargin, s_window, s_windowMinimum, s_latest, s_providerFailures, s_pendingTime];

    /// <summary>Distance beyond the threshold at which a firing rate rule recovers. Default 5 points.</summary>
    public double RecoveryMargin => this[s_recoveryMargin];

    /// <summary>Default 24 hours.</summary>
    public TimeSpan Window => TimeSpan.FromMinutes(this[s_window]);

    /// <summary>JSON iterations to which the window is extended back. Default 20; with fewer the rules do not
    /// judge.</summary>
    public int WindowMinimum => (int)this[s_windowMinimum];

    /// <summary>Size of the window by count. Default 30.</summary>
    public int Latest => (int)this[s_latest];

    /// <summary>Failed calls in a row that alarm. Default 3.</summary>
    public int ProviderFailures => (int)this[s_providerFailures];

    /// <summary>How long a warning's condition must hold before it fires. Default 1 minute; critical rules act at
    /// once.</summary>
    public TimeSpan PendingTime => TimeSpan.FromMinutes(this[s_pendingTime]);

    /// <summary>The value, by default the threshold's own; a time is in minutes.</summary>
    public double this[AlertThreshold threshold] =>
        Changed.TryGetValue(threshold.Name, out var value) ? value : threshold.Default;

    // Values other than the default by the threshold's name, so that equal values are equal.
    private ImmutableDictionary<string, double> Changed { get; init; } =
        ImmutableDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>The same with one value in place of another.</summary>
    public AlertThresholds With(AlertThreshold threshold, double value) =>
        this with
        {
            Changed = value.Equals(threshold.Default)
                ? Changed.Remove(threshold.Name)
                : Changed.SetItem(threshold.Name, value),
        };

    public bool Equals(AlertThresholds? other) =>
        other is not null
        && Changed.Count == other.Changed.Count
        && Changed.All(one => other.Changed.TryGetValue(one.Key, out var value) && value.Equals(one.Value));

    public override int GetHashCode() =>
        Changed.Aggregate(0, (hash, one) => hash ^ HashCode.Combine(one.Key, one.Value));
}
