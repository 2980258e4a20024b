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
                        new(CriterionKeys.Monitoring),
                        new(CriterionKeys.JsonIterations, 100),
                        new(CriterionKeys.JsonSuccess, 0.80, 100),
                        new(CriterionKeys.JsonSharpe, 0.15, 100),
                        new(CriterionKeys.CacheHitRate, 0.90, 100),
                        new(CriterionKeys.StagingValidation),
                    ]
                ),
                new StageGate(
                    Stage.Hybrid,
                    [
                        .. Common(),
                        new(CriterionKeys.ModeSwitching),
                        new(CriterionKeys.Iterations, 200),
                        new(CriterionKeys.JsonIterations, 100),
                        new(CriterionKeys.FullCodeIterations, 100),
                        new(CriterionKeys.SuccessRatio, 3, 100),
                        new(CriterionKeys.JsonSuccess, 0.80, 100),
                        new(CriterionKeys.JsonSharpe, 0.15, 100),
                        new(CriterionKeys.ComparisonReport),
                        new(CriterionKeys.StagingValidation),
                    ]
                ),
                new StageGate(
                    Stage.Primary,
                    [
                        .. Common(),
                        new(CriterionKeys.Iterations, 300),
                        new(CriterionKeys.JsonIterations, 240),
                        new(CriterionKeys.FullCodeIterations, 60),
                        new(CriterionKeys.OverallSuccess, 0.70, 300),
                        new(CriterionKeys.JsonSuccess, 0.80, 240),
                        new(CriterionKeys.Uptime, 0.99),
                        new(CriterionKeys.ResourceUse),
                        new(CriterionKeys.Feedback, 3.5),
                        new(CriterionKeys.StagingValidation),
                    ]
                ),
                new StageGate(
                    Stage.FullProduction,
                    [
                        .. Common(),
                        new(CriterionKeys.ModeShare, 0.95),
                        new(CriterionKeys.Iterations, 1000),
                        new(CriterionKeys.JsonSuccess, 0.80, 100),
                        new(CriterionKeys.JsonSharpe, 0.15, 100),
                        new(CriterionKeys.TotalReturn, 0.03, 100),
                        new(CriterionKeys.ErrorRate, 0.05, 100),
                        new(CriterionKeys.CacheHitRate, 0.95, 100),
                        new(CriterionKeys.Uptime, 0.995),
                        new(CriterionKeys.Feedback, 3.5),
                        new(CriterionKeys.SignOff),
                    ]
                ),
            ],
        };

    private static CriterionDefinition[] Common() =>
        [
            new(CriterionKeys.Time),
            new(CriterionKeys.DataFresh),
            new(CriterionKeys.NoCrash),
            new(CriterionKeys.Integrity),
        ];
}
