using RolloutDashboard.Core.Gates.Criteria;
using RolloutDashboard.Core.Gates.Criteria.Counts;
using RolloutDashboard.Core.Gates.Criteria.Means;
using RolloutDashboard.Core.Gates.Criteria.Rates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates;

/// <summary>All four gates, versioned and editable.</summary>
public sealed record GateDefinition
{
    public int Version { get; init; } = 1;

    public required IReadOnlyList<StageGate> Stages { get; init; }

    public ResourceLimits Resources { get; init; } = new();

    /// <summary>Oldest age of figures and heartbeat that counts as fresh, minutes.</summary>
    public double FreshMinutes { get; init; } = 15;

    /// <summary>Oldest age of a delivered test alert, days.</summary>
    public double TestAlertDays { get; init; } = 7;

    /// <summary>Ratio that the always-valid bound must clear to count as proven.</summary>
    public double ProvenRatio { get; init; } = 2;

    /// <summary>Ratio below which stage 3.2 is halted.</summary>
    public double HaltRatio { get; init; } = 2;

    /// <summary>Different people who must have given feedback.</summary>
    public int FeedbackPeople { get; init; } = 5;

    /// <summary>The plan's gates.</summary>
    public static GateDefinition Default { get; } =
        new()
        {
            Stages =
            [
                new StageGate(
                    Stage.TemplateLibraryOnly,
                    [
                        .. Common(),
                        new(MonitoringCriterion.Key),
                        new(JsonIterationsCriterion.Key, 100),
                        new(JsonSuccessCriterion.Key, 0.80, 100),
                        new(JsonSharpeCriterion.Key, 0.15, 100),
                        new(CacheHitRateCriterion.Key, 0.90, 100),
                        new(StagingValidationCriterion.Key),
                    ]
                ),
                new StageGate(
                    Stage.Hybrid,
                    [
                        .. Common(),
                        new(ModeSwitchingCriterion.Key),
                        new(IterationsCriterion.Key, 200),
                        new(JsonIterationsCriterion.Key, 100),
                        new(FullCodeIterationsCriterion.Key, 100),
                        new(SuccessRatioCriterion.Key, 3, 100),
                        new(JsonSuccessCriterion.Key, 0.80, 100),
                        new(JsonSharpeCriterion.Key, 0.15, 100),
                        new(ComparisonReportCriterion.Key),
                        new(StagingValidationCriterion.Key),
                    ]
                ),
                new StageGate(
                    Stage.Primary,
                    [
                        .. Common(),
                        new(IterationsCriterion.Key, 300),
                        new(JsonIterationsCriterion.Key, 240),
                        new(FullCodeIterationsCriterion.Key, 60),
                        new(OverallSuccessCriterion.Key, 0.70, 300),
                        new(JsonSuccessCriterion.Key, 0.80, 240),
                        new(UptimeCriterion.Key, 0.99),
                        new(ResourceUseCriterion.Key),
                        new(FeedbackCriterion.Key, 3.5),
                        new(StagingValidationCriterion.Key),
                    ]
                ),
                new StageGate(
                    Stage.FullProduction,
                    [
                        .. Common(),
                        new(ModeShareCriterion.Key, 0.95),
                        new(IterationsCriterion.Key, 1000),
                        new(JsonSuccessCriterion.Key, 0.80, 100),
                        new(JsonSharpeCriterion.Key, 0.15, 100),
                        new(TotalReturnCriterion.Key, 0.03, 100),
                        new(ErrorRateCriterion.Key, 0.05, 100),
                        new(CacheHitRateCriterion.Key, 0.95, 100),
                        new(UptimeCriterion.Key, 0.995),
                        new(FeedbackCriterion.Key, 3.5),
                        new(SignOffCriterion.Key),
                    ]
                ),
            ],
        };

    private static CriterionDefinition[] Common() =>
        [new(TimeCriterion.Key), new(DataFreshCriterion.Key), new(NoCrashCriterion.Key), new(IntegrityCriterion.Key)];
}
