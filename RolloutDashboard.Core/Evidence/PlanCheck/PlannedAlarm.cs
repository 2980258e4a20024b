using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>What an alert rule does over a stage.</summary>
/// <param name="Windows">For example "latest 20 and latest 30".</param>
/// <param name="FalseAlarm">P(it fires | the assumed JSON rate is true) over the JSON iterations of the stage,
/// simulated.</param>
/// <param name="StandardError">Of that probability.</param>
/// <param name="DetectionDelay">Expected JSON iterations from a drop to the broken rate until it fires; null if it
/// never does.</param>
/// <param name="Detected">P(it fires within 200 JSON iterations of the drop).</param>
public sealed record PlannedAlarm(
    Stage Stage,
    string Rule,
    bool RollsBack,
    string Windows,
    int JsonIterations,
    double FalseAlarm,
    double StandardError,
    double? DetectionDelay,
    double Detected,
    int Simulations
);
