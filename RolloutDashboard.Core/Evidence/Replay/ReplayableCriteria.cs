using RolloutDashboard.Core.Gates;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>The criteria that iterations alone can answer; a history without monitoring knows nothing of the
/// others.</summary>
internal static class ReplayableCriteria
{
    private static readonly HashSet<string> ByIterations = new(StringComparer.Ordinal)
    {
        CriterionKeys.Iterations,
        CriterionKeys.JsonIterations,
        CriterionKeys.FullCodeIterations,
        CriterionKeys.JsonSuccess,
        CriterionKeys.OverallSuccess,
        CriterionKeys.ErrorRate,
        CriterionKeys.SuccessRatio,
        CriterionKeys.JsonSharpe,
        CriterionKeys.TotalReturn,
    };

    public static GateDefinition Of(GateDefinition gates, ReplayHistory history)
    {
        var cached = history.Rows.Any(row => row.Row.CacheLookups > 0);
        return gates with
        {
            Stages =
            [
                .. gates.Stages.Select(gate =>
                    gate with
                    {
                        Criteria =
                        [
                            .. gate.Criteria.Where(criterion => Answers(criterion.Key, history.HasTimes, cached)),
                        ],
                    }
                ),
            ],
        };
    }

    /// <summary>Keys of enabled criteria that are left out; integrity is judged by checks of the replay's
    /// own.</summary>
    public static IReadOnlyList<string> LeftOut(GateDefinition gates, ReplayHistory history)
    {
        if (history.Facts.Count > 0)
        {
            return [];
        }

        var cached = history.Rows.Any(row => row.Row.CacheLookups > 0);
        return
        [
            .. gates
                .Stages.SelectMany(gate => gate.Criteria)
                .Where(criterion =>
                    criterion.Enabled
                    && criterion.Key != CriterionKeys.Integrity
                    && !Answers(criterion.Key, history.HasTimes, cached)
                )
                .Select(criterion => criterion.Key)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static bool Answers(string key, bool hasTimes, bool cached) =>
        ByIterations.Contains(key)
        || (key == CriterionKeys.Time && hasTimes)
        || (key == CriterionKeys.CacheHitRate && cached);
}
