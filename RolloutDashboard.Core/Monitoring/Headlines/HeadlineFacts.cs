using RolloutDashboard.Core.Gates;
using RolloutDashboard.Core.Monitoring.Live;
using RolloutDashboard.Core.Rollbacks;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Core.Vocabulary.States;

namespace RolloutDashboard.Core.Monitoring.Headlines;

/// <summary>Everything that the headline is made from, as values of one moment.</summary>
public sealed record HeadlineFacts
{
    public required RolloutPhase Phase { get; init; }

    /// <summary>Why the phase is what it is, in one sentence.</summary>
    public string? PhaseReason { get; init; }

    public required Stage Stage { get; init; }

    public required GateReport Gate { get; init; }

    public LoopState Loop { get; init; } = LoopState.Running;

    /// <summary>What the loop waits for, where it waits.</summary>
    public string? LoopReason { get; init; }

    public JsonOffCause JsonOff { get; init; }

    /// <summary>What closes the switch, in words.</summary>
    public string? JsonOffReason { get; init; }

    /// <summary>Where a rolled-back stage stands; of no meaning in other phases.</summary>
    public ResumeState Resume { get; init; } = ResumeState.NeedsValidation;

    /// <summary>A halt that nobody has resolved and that outlives the rollback; null without one.</summary>
    public string? OpenHalt { get; init; }

    /// <summary>Whether a person has resolved the halt of this attempt.</summary>
    public bool HaltResolved { get; init; }

    /// <summary>The validation run that goes on; null without one.</summary>
    public StagingFacts? Staging { get; init; }

    /// <summary>The gradual rollback that goes on; null without one.</summary>
    public ProcedureView? Gradual { get; init; }

    public ShareFigures Share { get; init; } = new(null, 0, 0);

    public int OpenAlerts { get; init; }

    /// <summary>Of the open ones; null without any.</summary>
    public AlertSeverity? WorstAlert { get; init; }

    /// <summary>Open findings of any severity that nobody dismissed.</summary>
    public int OpenFindings { get; init; }

    /// <summary>Of these, the ones that keep the gate shut; null while the checks have no current answer.</summary>
    public int? BlockingFindings { get; init; }
}
