namespace RolloutDashboard.Turns;

/// <summary>
/// The queues of everything that takes long: however much is asked for, it gets so many threads and no more, and what
/// the rollout needs goes before it.
/// </summary>
/// <param name="share">What all of them together may use of the processors.</param>
public sealed class WorkTurns(ProcessorShare share) : IDisposable
{
    private const int WaitingComputations = 12;
    private const int WaitingExports = 32;
    private const int WaitingImports = 20;

    /// <summary>Comparisons, replays, plan and A/A checks, analytics: one at a time for each two processors.</summary>
    public TurnQueue Computations { get; } =
        new("computations", Math.Max(1, Environment.ProcessorCount / 2), WaitingComputations, share);

    /// <summary>Files that are read and written out: one at a time for each two processors.</summary>
    public TurnQueue Exports { get; } =
        new("exports", Math.Max(1, Environment.ProcessorCount / 2), WaitingExports, share);

    /// <summary>Files that are checked or imported, one at a time.</summary>
    public TurnQueue Imports { get; } = new("imports", 1, WaitingImports, share);

    public void Dispose()
    {
        Computations.Dispose();
        Exports.Dispose();
        Imports.Dispose();
    }
}
