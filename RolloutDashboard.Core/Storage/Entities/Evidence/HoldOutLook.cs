using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>One look at the hold-out: a line of the ledger, written before the look.</summary>
public sealed class HoldOutLook
{
    public long Id { get; set; }

    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    public long IterationId { get; set; }

    public long IterationNumber { get; set; }

    /// <summary>The market that was looked at.</summary>
    public required string MarketDataVersion { get; set; }

    public DateTimeOffset At { get; set; }

    public HoldOutOutcome Outcome { get; set; }
}
