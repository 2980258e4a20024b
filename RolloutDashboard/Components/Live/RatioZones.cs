using RolloutDashboard.Components.Formatting;
using RolloutDashboard.Core.Vocabulary.Figures;

namespace RolloutDashboard.Components.Live;

/// <summary>The axis of the success ratio: halt below 2, investigate to 3, proceed from 3; it ends at 6.</summary>
public static class RatioZones
{
    public const double HaltBelow = 2;
    public const double ProceedFrom = 3;
    public const double End = 6;

    /// <summary>Width of the three zones in percent.</summary>
    public static (double Halt, double Investigate, double Proceed) Widths { get; } =
        (HaltBelow / End * 100, (ProceedFrom - HaltBelow) / End * 100, (End - ProceedFrom) / End * 100);

    public static IntervalScale Place(double? ratio, Interval? interval) =>
        IntervalScale.On(0, End, ratio, interval, null);

    public static string Word(double? ratio) =>
        ratio switch
        {
            null => "not computable",
            >= ProceedFrom => "Proceed zone",
            >= HaltBelow => "Investigate zone",
            _ => "Halt zone",
        };
}
