using RolloutDashboard.Core.Monitoring.IterationHistory;

namespace RolloutDashboard.Components.Iterations;

/// <summary>One part of an iteration's time, placed on its whole in percent.</summary>
public readonly record struct WaterfallPart(string Name, TimeSpan Duration, double Left, double Width)
{
    /// <summary>Parts one after another; nothing when no time was measured.</summary>
    public static IReadOnlyList<WaterfallPart> Of(IReadOnlyList<TimingPart> timings)
    {
        var whole = timings.Sum(part => Math.Max(0, part.Duration.TotalMilliseconds));
        if (whole <= 0)
        {
            return [];
        }

        var left = 0.0;
        var parts = new List<WaterfallPart>();
        foreach (var timing in timings)
        {
            var width = Math.Max(0, timing.Duration.TotalMilliseconds) / whole * 100;
            parts.Add(new WaterfallPart(timing.Name, timing.Duration, left, width));
            left += width;
        }

        return parts;
    }
}
