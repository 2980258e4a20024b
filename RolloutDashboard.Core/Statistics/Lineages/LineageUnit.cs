namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// A chain of iterations of one arm that share a memory, which starts empty. Complete lineages of a segment are
/// exchangeable whatever the memory does inside them, so they are the units of what is said about a mode.
/// </summary>
/// <param name="Segment">What it ran under; memory and share are constant within a segment.</param>
/// <param name="IsJson">Arm 1 (JSON) or arm 0 (full code).</param>
/// <param name="Successes">Iterations with a success, 0 to <paramref name="Length"/>.</param>
/// <param name="Length">Iterations so far.</param>
/// <param name="Planned">Iterations when complete; 0 for a chain without an end, which never becomes a unit.</param>
public readonly record struct LineageUnit(
    string Segment,
    bool IsJson,
    int Successes,
    int Length,
    int Planned,
    UnitEnd End
)
{
    /// <summary>Share of successes when complete, 0 to 1.</summary>
    public double Rate => (double)Successes / Planned;
}
