using RolloutDashboard.Core.Gates;

namespace RolloutDashboard.Core.Evidence.Replay;

/// <summary>The criteria that iterations alone can answer; a history without monitoring knows nothing of the
/// others.</summary>
internal static class ReplayableCriteria
{
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
                    && SourceOf(criterion.Key) != RecordSource.EvidenceChecks
                    && !Answers(criterion.Key, history.HasTimes, cached)
                )
                .Select(criterion => criterion.Key)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static bool Answers(string key, bool hasTimes, bool cached) =>
        SourceOf(key) switch
        {
            RecordSource.Iterations => true,
            RecordSource.Times => hasTimes,
            RecordSource.CacheLookups => cached,
            _ => false,
        };

    private static RecordSource SourceOf(string key) => CriterionList.Find(key)?.AnsweredBy ?? RecordSource.Nothing;
}
