using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>A finding of the evidence checks, from when it was first seen to when it no longer held.</summary>
public sealed class FindingRecord
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>For example "mode-collapse"; code and subject name the finding across runs.</summary>
    public required string Code { get; set; }

    public required string Subject { get; set; }

    public FindingSeverity Severity { get; set; }

    /// <summary>Figures behind it by name, as JSON.</summary>
    public required string NumbersJson { get; set; }

    /// <summary>Numbers of iterations it rests on as a JSON array; the first ones where there are very many.</summary>
    public required string IterationsJson { get; set; }

    /// <summary>How many iterations it rests on.</summary>
    public int IterationCount { get; set; }

    public required string Sentence { get; set; }

    public required string Remedy { get; set; }

    public DateTimeOffset FirstSeenAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When a run no longer found it; it comes back as a new record.</summary>
    public DateTimeOffset? ClearedAt { get; set; }

    public DateTimeOffset? DismissedAt { get; set; }

    public string? DismissedBy { get; set; }

    public string? DismissReason { get; set; }
}
