namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>Judges a history again, iteration by iteration. Pure: the same history and policy always give the same
/// course.</summary>
public static class RunReplay
{
    private const int MostInstants = 2000;
    private const int LeastInstants = 100;
    private const int RowsToLookAt = 20_000_000;

    /// <param name="progress">Gets the share of iterations that were judged, in percent.</param>
    /// <param name="baseline">The policy that was in force; null for a history without decisions, whose first action is
    /// the first difference.</param>
    public static ReplayResult Of(
        ReplayHistory history,
        ReplayPolicy policy,
        ReplayPolicy? baseline,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var rows = history.Rows.Count;
        var every = Every(rows);
        var course = new PolicySimulation(history, policy);
        var recorded = baseline is null || baseline == policy ? null : new PolicySimulation(history, baseline);
        int? differsAt = null;
        for (var index = every - 1; index < rows; index += every)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report((int)(100L * index / rows));
            var before = course.Steps.Count;
            var did = course.Advance(index);
            var differs = recorded is not null
                ? recorded.Advance(index) != did
                : baseline is null && course.Steps.Skip(before).Any(IsAction);
            if (differs && differsAt is null)
            {
                differsAt = index;
            }
        }

        var first = differsAt is { } at ? history.Rows[at] : null;
        return new ReplayResult(
            rows,
            every,
            ReplayableCriteria.LeftOut(policy.Gates, history),
            first?.Row.Number,
            [.. course.Steps.Select(step => step with { IsHypothetical = first is not null && step.At > first.At })]
        );
    }

    private static int Every(int rows) =>
        Math.Max(
            1,
            (int)Math.Ceiling((double)rows / Math.Clamp(RowsToLookAt / Math.Max(1, rows), LeastInstants, MostInstants))
        );

    private static bool IsAction(ReplayStep step) =>
        step.Kind is ReplayKind.Promoted or ReplayKind.RolledBack or ReplayKind.Halted;
}
