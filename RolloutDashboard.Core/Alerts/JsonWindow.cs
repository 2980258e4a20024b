using RolloutDashboard.Core.Gates.Inputs;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Alerts;

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
        var reached = inputs.Reached;
        var (json, byTime) = (0, new ChunkedList());
        var since = inputs.Now - thresholds.Window;
        foreach (var row in reached)
        {
            if (row.Counts && row.AssignedMode == GenerationMode.Json)
            {
                json++;
                if ((row.EndedAt ?? row.StartedAt) > since)
                {
                    byTime.Add(row);
                }
            }
        }

        var windows = new List<JsonWindow>();
        if (byTime.Count >= thresholds.WindowMinimum)
        {
            windows.Add(Create($"last {thresholds.Window.TotalHours:0} h", byTime, reached));
        }
        else if (json >= thresholds.WindowMinimum)
        {
            windows.Add(
                Create($"latest {thresholds.WindowMinimum}", Latest(reached, thresholds.WindowMinimum), reached)
            );
        }

        if (json >= thresholds.Latest)
        {
            windows.Add(Create($"latest {thresholds.Latest}", Latest(reached, thresholds.Latest), reached));
        }

        return windows;
    }

    private static List<EvidenceRow> Latest(IReadOnlyList<EvidenceRow> reached, int count)
    {
        var latest = new List<EvidenceRow>();
        for (var i = reached.Count - 1; i >= 0 && latest.Count < count; i--)
        {
            if (reached[i] is { Counts: true, AssignedMode: GenerationMode.Json } row)
            {
                latest.Add(row);
            }
        }

        latest.Reverse();
        return latest;
    }

    private static JsonWindow Create(string name, IReadOnlyList<EvidenceRow> json, IReadOnlyList<EvidenceRow> reached)
    {
        // In order of their numbers, so those since the window's first are the last ones.
        var (n, successes) = (0, 0);
        for (var i = reached.Count - 1; i >= 0 && reached[i].Number >= json[0].Number; i--)
        {
            n += reached[i].Counts ? 1 : 0;
            successes += reached[i].Succeeded ? 1 : 0;
        }

        return new JsonWindow(name, ArmEvidence.Of(json), n == 0 ? null : (double)successes / n);
    }

    /// <summary>Reads a rate in every window: breached if one is beyond the threshold, clear if all are beyond the
    /// margin.</summary>
    /// <param name="rate">Null where the window has no such figure.</param>
    /// <param name="fallsBelow">True if low values alarm, false if high ones do.</param>
    public static RuleReading Read(
        IReadOnlyList<JsonWindow> windows,
        Func<JsonWindow, double?> rate,
        double threshold,
        double margin,
        bool fallsBelow,
        Func<JsonWindow, double, string> describe
    )
    {
        var read = windows
            .Where(window => rate(window) is not null)
            .Select(window => (Window: window, Value: rate(window)!.Value))
            .ToArray();
        if (read.Length == 0)
        {
            return new RuleReading(
                AlertCondition.Unknown,
                "Too few JSON iterations since the last resume.",
                null,
                threshold
            );
        }

        var worst = fallsBelow ? read.MinBy(one => one.Value) : read.MaxBy(one => one.Value);
        var recovers = fallsBelow ? threshold + margin : threshold - margin;
        var condition =
            (fallsBelow ? worst.Value < threshold : worst.Value > threshold) ? AlertCondition.Breached
            : (fallsBelow ? worst.Value >= recovers : worst.Value <= recovers) ? AlertCondition.Clear
            : AlertCondition.WithinMargin;
        return new RuleReading(
            condition,
            describe(worst.Window, worst.Value),
            worst.Value,
            threshold,
            worst.Window.Json.N
        );
    }
}
