using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.Findings;

/// <summary>A finding as the page shows it.</summary>
/// <param name="Iterations">The first of the iterations it rests on.</param>
public sealed record FindingView(
    long Id,
    string Code,
    string Subject,
    FindingSeverity Severity,
    IReadOnlyDictionary<string, double> Numbers,
    IReadOnlyList<long> Iterations,
    int IterationCount,
    string Sentence,
    string Remedy,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? ClearedAt,
    DateTimeOffset? DismissedAt,
    string? DismissedBy,
    string? DismissReason
)
{
    /// <summary>Whether it keeps the gate shut.</summary>
    public bool Blocks => Severity == FindingSeverity.Blocking && ClearedAt is null && DismissedAt is null;
}
