using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Gates.Inputs;

/// <summary>Everything a gate judges, as values.</summary>
public sealed record GateInputs
{
    public required Stage Stage { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Start of the stage's current attempt.</summary>
    public required DateTimeOffset AttemptStartedAt { get; init; }

    /// <summary>Setting Stages:MinimumTime of the stage; zero in a Demo.</summary>
    public TimeSpan MinimumTime { get; init; }

    /// <summary>Configured JSON share, 0 to 1; null in stage 3.1, where the source decides.</summary>
    public double? ConfiguredShare { get; init; }

    /// <summary>Iterations of this environment, stage and attempt, whatever their status.</summary>
    public required IReadOnlyList<EvidenceRow> Rows { get; init; }

    /// <summary>Iterations of this stage's earlier attempts; they stay in the always-valid sequence.</summary>
    public IReadOnlyList<EvidenceRow> EarlierRows { get; init; } = [];

    public MonitoringFacts Facts { get; init; } = new();

    public bool IsDemo { get; init; }

    /// <summary>Setting Gates:RequireProof: a point estimate alone does not pass.</summary>
    public bool RequireProof { get; init; }

    /// <summary>What counts as proof then.</summary>
    public ProofFor ProofFor { get; init; }

    /// <summary>Setting Rollout:RequireStaging.</summary>
    public bool RequireStaging { get; init; } = true;
}
