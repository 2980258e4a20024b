using System.Text.Json.Serialization;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Comparisons.Reports;

/// <summary>A finding of the evidence checks over one side.</summary>
public sealed record ComparedFinding(string Code, string Severity, string Sentence)
{
    /// <summary>Who took its weight away; null where nobody did.</summary>
    public string? DismissedBy { get; init; }

    /// <summary>Whether the question itself brings it about.</summary>
    public bool IsExpected { get; init; }

    /// <summary>Whether it keeps the comparison from claiming anything.</summary>
    [JsonIgnore]
    public bool Blocks => Severity == nameof(FindingSeverity.Blocking) && DismissedBy is null && !IsExpected;
}
