using System.Text.Json.Serialization;

namespace RolloutDashboard.Core.Evidence.Comparisons;

/// <summary>How far a comparison may speak. What is not <see cref="Compared"/> shows figures and proves
/// nothing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparisonStanding>))]
public enum ComparisonStanding
{
    Compared = 0,

    /// <summary>The sides answer different requests, as the arms of stage 3.1 do.</summary>
    NotComparable = 1,

    /// <summary>A side has a blocking finding that nobody dismissed.</summary>
    Blocked = 2,

    /// <summary>A side holds no finished iteration.</summary>
    Empty = 3,

    /// <summary>The sides were not measured alike.</summary>
    Refused = 4,
}
