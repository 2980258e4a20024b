using RolloutDashboard.Core.Gates.Fields;

namespace RolloutDashboard.Core.Alerts;

/// <summary>A number that alert rules compare with.</summary>
/// <param name="Name">By which assessments keep it, so it never changes.</param>
/// <param name="Default">What the rollout is judged by; a time is in minutes.</param>
/// <param name="Range">What may be written for it.</param>
public sealed record AlertThreshold(string Name, double Default, GateFieldRule Range)
{
    /// <summary>Rates are written as they are kept, from 0 to 1.</summary>
    public static GateFieldRule Share { get; } = new("", 0, 1);

    public static GateFieldRule Minutes { get; } = new("minutes", 0, 10_080);

    /// <summary>Whether it is kept as a time.</summary>
    public bool IsTime { get; init; }

    /// <summary>Its name in a "what if"; null where that leaves it alone.</summary>
    public string? EditKey { get; init; }

    /// <summary>Words for people in a "what if".</summary>
    public string EditName { get; init; } = "";
}
