using System.Text.Json.Serialization;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>What a comparison asks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparisonQuestion>))]
public enum ComparisonQuestion
{
    /// <summary>How two sets differ.</summary>
    Sets = 0,

    /// <summary>What gate 3.2 asks: JSON against full code by assignment, of one and the same choice of
    /// iterations.</summary>
    Modes = 1,

    /// <summary>Whether a difference is found where there is none: both sides are of one kind by design.</summary>
    SameMode = 2,
}
