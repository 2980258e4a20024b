namespace RolloutDashboard.Core.Evidence;

/// <summary>Iterations that belong together.</summary>
/// <param name="Subject">Names it in findings: "Json", "FullCode", "Undeclared" or "Mutation".</param>
/// <param name="Name">For sentences, for example "full code".</param>
public sealed record EvidenceGroup(string Subject, string Name, IReadOnlyList<CheckedIteration> Iterations)
{
    /// <summary>Whether it counts in rates and gates; mutations do not.</summary>
    public bool Counts { get; init; } = true;
}
