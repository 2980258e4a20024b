using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities;

/// <summary>A visit to a stage.</summary>
public sealed class StageAttempt
{
    public int Id { get; set; }

    public int RolloutId { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>"promoted", "rolled back", "halted"; null while it lasts.</summary>
    public string? Outcome { get; set; }

    /// <summary>Gate verdict when it ended.</summary>
    public Verdict? GateVerdict { get; set; }

    /// <summary>Version of the gates that gave that verdict.</summary>
    public int? GateDefinitionNumber { get; set; }

    /// <summary>Who entered it by an override of the gate before it; null for a promotion whose gate passed.</summary>
    public string? OverrideBy { get; set; }

    public string? OverrideReason { get; set; }

    /// <summary>Until when the override is to be made good; shown as expired from then on.</summary>
    public DateTimeOffset? OverrideExpiresAt { get; set; }

    /// <summary>When the evidence of this attempt halted the rollout; the halt stays open, through rollback and resume,
    /// until a person resolves it.</summary>
    public DateTimeOffset? HaltedAt { get; set; }

    /// <summary>Why it halted, in one sentence.</summary>
    public string? HaltReason { get; set; }

    /// <summary>When a person resolved the halt of this attempt; it does not halt again.</summary>
    public DateTimeOffset? HaltResolvedAt { get; set; }
}
