using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>The latest run of the evidence checks over a rollout.</summary>
public sealed class EvidenceCheckRun
{
    /// <summary>An older run answers nothing.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(15);

    public int RolloutId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>Stage and attempt whose evidence it looked at.</summary>
    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    /// <summary>Highest iteration number begun by then.</summary>
    public long UpToNumber { get; set; }

    /// <summary>Iterations of the attempt that it looked at.</summary>
    public int Iterations { get; set; }

    public double Milliseconds { get; set; }

    /// <summary>What failed; null when every check had its say.</summary>
    public string? Fault { get; set; }
}
