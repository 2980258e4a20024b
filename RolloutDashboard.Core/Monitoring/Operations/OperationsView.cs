using RolloutDashboard.Core.Promotions;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Operations;

/// <summary>What the operations page shows beside the live snapshot.</summary>
/// <param name="WhyNoStaging">Why no validation run can start now; null when one can.</param>
/// <param name="Runs">Latest first.</param>
public sealed record OperationsView(
    string RolloutName,
    long StateVersion,
    RolloutPhase Phase,
    string? PhaseReason,
    Stage Stage,
    int Attempt,
    Stage StagingStage,
    StagingPurpose StagingPurpose,
    string? WhyNoStaging,
    IReadOnlyList<StagingView> Runs,
    ResumeReadiness Resume
)
{
    /// <summary>A halt that nobody has resolved, also while rolled back; null without one.</summary>
    public string? OpenHalt { get; init; }

    /// <summary>The latest gradual rollback; null when there was none.</summary>
    public ProcedureView? Gradual { get; init; }

    /// <summary>Why none can begin; null when one can.</summary>
    public string? WhyNoGradual { get; init; }

    /// <summary>The latest drill; null when there was none.</summary>
    public ProcedureView? Drill { get; init; }

    /// <summary>The latest that passed.</summary>
    public ProcedureView? LastPassedDrill { get; init; }

    /// <summary>Why none can begin; null when one can.</summary>
    public string? WhyNoDrill { get; init; }
}
