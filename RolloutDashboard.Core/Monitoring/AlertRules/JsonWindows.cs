using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.AlertRules;

/// <summary>The two windows over the JSON arm that rate rules look at; either may fire.</summary>
/// <param name="Name">For example "last 24 h".</param>
public sealed record JsonWindow(string Name, ArmEvidence Json, double? OverallSuccessRate)
{
    /// <summary>
    /// The last 24 hours, extended back to the latest 20 if they hold fewer, and the latest 30; only those with enough
    /// iterations since the last resume.
    /// </summary>
    public static IReadOnlyList<JsonWindow> Of(AlertInputs inputs, AlertThresholds thresholds)
    {
        var current = inputs.Reached.Where(row => row.Counts).ToArray();
        var json = current.Where(row => row.AssignedMode == GenerationMode.Json).ToArray();
        var windows = new List<JsonWindow>();
        var byTime = json.Where(row => (row.EndedAt ?? row.StartedAt) > inputs.Now - thresholds.Window).ToArray();
        if (byTime.Length >= thresholds.WindowMinimum)
        {
            windows.Add(Create($"last {thresholds.Window.TotalHours:0} h", byTime, current));
        }
        else if (json.Length >= thresholds.WindowMinimum)
        {
            windows.Add(Create($"latest {thresholds.WindowMinimum}", json[^thresholds.WindowMinimum..], current));
        }

        if (json.Length >= thresholds.Latest)
        {
            windows.Add(Create($"latest {thresholds.Latest}", json[^thresholds.Latest..], current));
        }

        return windows;
    }

    private static JsonWindow Create(string name, EvidenceRow[] json, EvidenceRow[] current) => new(
        name,
        ArmEvidence.Of(json),
        ArmEvidence.Of(current.Where(row => row.Number >= json[0].Number)).SuccessRate);

    /// <summary>Reads a rate in every window: breached if one is beyond the threshold, clear if all are beyond the margin.</summary>
    /// <param name="rate">Null where the window has no such figure.</param>
    /// <param name="fallsBelow">True if low values alarm, false if high ones do.</param>
    public static RuleReading Read(
        IReadOnlyList<JsonWindow> windows, Func<JsonWindow, double?> rate, double threshold, double margin, bool fallsBelow, Func<JsonWindow, double, string> describe)
    {
        var read = windows.Where(window => rate(window) is not null).Select(window => (Window: window, Value: rate(window)!.Value)).ToArray();
        if (read.Length == 0)
        {
            return new RuleReading(AlertCondition.Unknown, "Too few JSON iterations since the last resume.", null, threshold);
        }

        var worst = fallsBelow ? read.MinBy(one => one.Value) : read.MaxBy(one => one.Value);
        var recovers = fallsBelow ? threshold + margin : threshold - margin;
        var condition = (fallsBelow ? worst.Value < threshold : worst.Value > threshold)
            ? AlertCondition.Breached
            : (fallsBelow ? worst.Value >= recovers : worst.Value <= recovers) ? AlertCondition.Clear : AlertCondition.WithinMargin;
        return new RuleReading(condition, describe(worst.Window, worst.Value), worst.Value, threshold, worst.Window.Json.N);
    }
}
