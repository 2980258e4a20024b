using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence;

/// <summary>A problem of the evidence itself.</summary>
/// <param name="Code">For example "mode-collapse".</param>
/// <param name="Subject">What the finding is about within its code, for example "Json"; code and subject name it across
/// runs.</param>
/// <param name="Numbers">Figures behind it, by name.</param>
/// <param name="Iterations">Numbers of the iterations that it rests on.</param>
/// <param name="Sentence">What is wrong, for a team lead.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Finding(
    string Code,
    FindingSeverity Severity,
    string Subject,
    IReadOnlyDictionary<string, double> Numbers,
    IReadOnlyList<long> Iterations,
    string Sentence,
    string Remedy
);
