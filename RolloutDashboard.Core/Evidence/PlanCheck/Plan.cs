using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>Stages, gates and alert rules before the start.</summary>
public sealed record Plan(IReadOnlyList<PlannedStage> Stages, GateDefinition Gates, AlertThresholds Thresholds)
{
    /// <summary>The plan as specified.</summary>
    public static Plan Default { get; } =
        Of(
            new StageOptions(),
            templateLibraryShare: 0.7,
            isDemo: false,
            GateDefinition.Default,
            AlertThresholds.InForce
        );

    public static Plan Of(
        StageOptions stages,
        double templateLibraryShare,
        bool isDemo,
        GateDefinition gates,
        AlertThresholds thresholds
    ) =>
        new(
            [
                .. Enum.GetValues<Stage>()
                    .Select(stage => new PlannedStage(
                        stage,
                        Share(stages.StartOf(stage), templateLibraryShare),
                        stages.For(stage, isDemo)
                    )),
            ],
            gates,
            thresholds
        );

    private static double Share(StageConfiguration configuration, double templateLibraryShare) =>
        configuration is { JsonModeEnabled: false } or { UseJsonMode: false }
            ? 0
            : configuration.JsonModeProbability
                ?? (
                    configuration.TemplateMode ? templateLibraryShare
                    : configuration.JsonModeDefault == GenerationMode.Json ? 1
                    : 0
                );
}
