namespace RolloutDashboard.Core.Statistics.Lineages;

/// <summary>
/// Units from lineages, for a claim in one direction. An open lineage waits. One that was cut for a reason independent
/// of its outcomes is left out. One that was cut because of them is completed against the claim: the missing iterations
/// fail in the arm that should be better and succeed in the other. Its value is then at most (or at least) that of the
/// lineage it would have become, so a supermartingale stays one under any rule of stopping.
/// </summary>
/// <remarks>By completion. Where an arm runs several at a time, at most so many short-lived ones are seen before their
/// forerunners.</remarks>
public static class LineageValues
{
    /// <summary>Units for the claim that JSON is better than some multiple of full code.</summary>
    public static IReadOnlyList<LineageValue> AgainstJson(IEnumerable<LineageUnit> inOrder) => Of(inOrder, true);

    /// <summary>Units for the claim that JSON is worse than some multiple of full code.</summary>
    public static IReadOnlyList<LineageValue> AgainstFullCode(IEnumerable<LineageUnit> inOrder) => Of(inOrder, false);

    private static List<LineageValue> Of(IEnumerable<LineageUnit> inOrder, bool againstJson)
    {
        ArgumentNullException.ThrowIfNull(inOrder);
        var values = new List<LineageValue>();
        foreach (var lineage in inOrder)
        {
            if (Value(lineage, lineage.IsJson != againstJson) is { } value)
            {
                values.Add(new LineageValue(lineage.Segment, lineage.IsJson, value));
            }
        }

        return values;
    }

    /// <summary>Share of successes over the planned length; null where the lineage is no unit.</summary>
    /// <param name="missingSucceed">What the missing iterations of a lineage cut by its outcomes count as.</param>
    internal static double? Value(LineageUnit lineage, bool missingSucceed) =>
        lineage.Planned <= 0 ? null
        : lineage.End == UnitEnd.Complete ? lineage.Rate
        : lineage.End == UnitEnd.CutByOutcome
            ? (lineage.Successes + (missingSucceed ? lineage.Planned - lineage.Length : 0.0)) / lineage.Planned
        : null;
}
