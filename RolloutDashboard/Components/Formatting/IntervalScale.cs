using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Formatting;

/// <summary>
/// Where a value, its interval and its target stand on a common axis, as percent of its width.
/// Infinite ends reach the edge.
/// </summary>
public sealed record IntervalScale(double Left, double Width, double? Value, double? Target)
{
    /// <summary>Null where there is nothing to compare: no number, or a plain count that equals its target.</summary>
    public static IntervalScale? Of(double? value, Interval? interval, double? target)
    {
        double?[] all = [value, interval?.Lower, interval?.Upper, target];
        var numbers = all.OfType<double>().Where(double.IsFinite).ToArray();
        if (numbers.Length == 0 || (value is null && interval is null) || (interval is null && value == target))
        {
            return null;
        }

        var (low, high) =
            interval is null && numbers.Min() >= 0 ? (0, numbers.Max()) : Axis(numbers.Min(), numbers.Max());
        return On(low, high, value, interval, target);
    }

    /// <summary>On a given axis; what lies outside is drawn at its edge.</summary>
    public static IntervalScale On(double low, double high, double? value, Interval? interval, double? target)
    {
        double Place(double number) => Math.Clamp((number - low) / (high - low), 0, 1) * 100;

        var left = interval is { } range ? Place(range.Lower) : 0;
        var right = interval is { } sameRange ? Place(sameRange.Upper) : left;
        return new IntervalScale(
            left,
            Math.Max(0, right - left),
            Finite(value) is { } v ? Place(v) : null,
            Finite(target) is { } t ? Place(t) : null
        );
    }

    // Shares keep 0 to 1, so that rows compare by eye; other numbers get a margin around what is drawn.
    private static (double Low, double High) Axis(double min, double max)
    {
        if (min >= 0 && max <= 1 && max > 0.35)
        {
            return (0, 1);
        }

        var span = max - min;
        var margin = span > 0 ? span * 0.15 : Math.Max(Math.Abs(max) * 0.5, 0.5);
        return (min - margin, max + margin);
    }

    private static double? Finite(double? number) => number is { } value && double.IsFinite(value) ? value : null;
}
