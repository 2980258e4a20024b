using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Criteria.Means;
using RolloutDashboard.Core.Gates.Criteria.Rates;

namespace RolloutDashboard.Core.Gates;

/// <summary>All criteria that a gate definition can name.</summary>
public static class CriterionList
{
    public static IReadOnlyList<IGateCriterion> All { get; } =
    [
        new TimeCriterion(),
        new DataFreshCriterion(),
        new MonitoringCriterion(),
        new NoCrashCriterion(),
        new IntegrityCriterion(),
        new ModeSwitchingCriterion(),
        new ModeShareCriterion(),
        new IterationsCriterion(),
        new JsonIterationsCriterion(),
        new FullCodeIterationsCriterion(),
        new SuccessRatioCriterion(),
        new JsonSuccessCriterion(),
        new OverallSuccessCriterion(),
        new JsonSharpeCriterion(),
        new TotalReturnCriterion(),
        new ErrorRateCriterion(),
        new CacheHitRateCriterion(),
        new UptimeCriterion(),
        new ResourceUseCriterion(),
        new FeedbackCriterion(),
        new ComparisonReportCriterion(),
        new StagingValidationCriterion(),
        new SignOffCriterion(),
    ];

    /// <returns>Null where a gate names a criterion that there is not.</returns>
    public static IGateCriterion? Find(string key) => All.FirstOrDefault(known => known.Key == key);

    /// <summary>Words for people; the key where there is no such criterion.</summary>
    public static string NameOf(string key) => Find(key)?.Name ?? key;

    /// <summary>Whether it counts iterations up to a number, so that so many of so many tell where it stands.</summary>
    public static bool IsCount(string key) => Find(key)?.Phase == GatePhase.Samples;
}
