using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>A live assessment of gate and alert rules with its inputs, for the replay.</summary>
public sealed class JudgementRecord
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    /// <summary>The instant that was judged.</summary>
    public DateTimeOffset At { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    /// <summary>Highest iteration number that it saw.</summary>
    public long UpToNumber { get; set; }

    public Verdict Verdict { get; set; }

    /// <summary>Verdicts, alert phases and due actions in one line; equal ones in a row are kept once.</summary>
    public required string Signature { get; set; }

    /// <summary>All inputs but the iterations, which are named by number.</summary>
    public required string InputsJson { get; set; }

    public required string OutcomeJson { get; set; }
}
