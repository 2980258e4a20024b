using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>Assumed true success rates, 0 to 1.</summary>
/// <param name="Broken">JSON success after something broke, which the rollback is to catch.</param>
public sealed record AssumedRates(double Json = 0.80, double FullCode = 0.25, double Broken = 0.40);

/// <summary>One stage as planned.</summary>
/// <param name="JsonShare">Expected share of JSON, 0 to 1; in stage 3.1 that of template-library requests.</param>
/// <param name="MinimumTime">Least time in the stage; zero in a demo.</param>
public sealed record PlannedStage(Stage Stage, double JsonShare, TimeSpan MinimumTime);

/// <summary>Stages, gates and alert rules before the start.</summary>
public sealed record Plan(IReadOnlyList<PlannedStage> Stages, GateDefinition Gates, AlertThresholds Thresholds)
{
    /// <summary>The plan as specified.</summary>
    public static Plan Default { get; } = Of(new StageOptions(), templateLibraryShare: 0.7, isDemo: false, GateDefinition.Default, AlertThresholds.InForce);

    public static Plan Of(StageOptions stages, double templateLibraryShare, bool isDemo, GateDefinition gates, AlertThresholds thresholds) => new(
        [.. Enum.GetValues<Stage>().Select(stage => new PlannedStage(stage, Share(stages.StartOf(stage), templateLibraryShare), stages.For(stage, isDemo)))], gates, thresholds);

    private static double Share(StageConfiguration configuration, double templateLibraryShare) =>
        configuration is { JsonModeEnabled: false } or { UseJsonMode: false } ? 0
        : configuration.JsonModeProbability ?? (configuration.TemplateMode ? templateLibraryShare : configuration.JsonModeDefault == GenerationMode.Json ? 1 : 0);
}

/// <summary>What a gate can tell.</summary>
/// <param name="Iterations">Expected iterations to a verdict: what the minimum samples take at the planned share.</param>
/// <param name="PassIfMet">P(pass | the assumed rates are true), judged once, at the minimum samples; exact.</param>
/// <param name="PassIfNoEffect">The same with JSON as good as full code, and no better.</param>
/// <param name="HaltIfMet">P(halt) at the assumed rates; null where the gate does not halt.</param>
public sealed record PlannedGate(Stage Stage, int Iterations, int Json, int FullCode, string Criteria, double PassIfMet, double PassIfNoEffect, double? HaltIfMet, double? HaltIfNoEffect);

/// <summary>What an alert rule does over a stage.</summary>
/// <param name="Windows">For example "latest 20 and latest 30".</param>
/// <param name="FalseAlarm">P(it fires | the assumed JSON rate is true) over the JSON iterations of the stage, simulated.</param>
/// <param name="StandardError">Of that probability.</param>
/// <param name="DetectionDelay">Expected JSON iterations from a drop to the broken rate until it fires; null if it never does.</param>
/// <param name="Detected">P(it fires within 200 JSON iterations of the drop).</param>
public sealed record PlannedAlarm(Stage Stage, string Rule, bool RollsBack, string Windows, int JsonIterations, double FalseAlarm, double StandardError, double? DetectionDelay, double Detected, int Simulations);

/// <summary>What proof at every look, and further samples, would bring.</summary>
public sealed record PlanFigure(string Name, double Value, string Unit);

/// <summary>What a plan promises before it starts.</summary>
public sealed record PlanReport(AssumedRates Assumed, IReadOnlyList<PlannedGate> Gates, IReadOnlyList<PlannedAlarm> Alarms, IReadOnlyList<PlanFigure> Figures, IReadOnlyList<string> Warnings);
