using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Evidence.PlanCheck;

/// <summary>One stage as planned.</summary>
/// <param name="JsonShare">Expected share of JSON, 0 to 1; in stage 3.1 that of template-library requests.</param>
/// <param name="MinimumTime">Least time in the stage; zero in a demo.</param>
public sealed record PlannedStage(Stage Stage, double JsonShare, TimeSpan MinimumTime);
