using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Storage.Entities.Evidence;

/// <summary>Counts and sums of one arm over some time; kept in the iteration's own transaction and
/// rebuildable.</summary>
public abstract class RollupCounts
{
    public int RolloutId { get; set; }

    public RolloutEnvironment Environment { get; set; }

    public Stage Stage { get; set; }

    public int Attempt { get; set; }

    public GenerationMode Mode { get; set; }

    public int Level0 { get; set; }

    public int Level1 { get; set; }

    public int Level2 { get; set; }

    public int Level3 { get; set; }

    /// <summary>Lost ones; they are in Level0 too.</summary>
    public int Lost { get; set; }

    public int Cancelled { get; set; }

    public int SharpeCount { get; set; }

    public double SharpeSum { get; set; }

    public int CacheLookups { get; set; }

    public int CacheHits { get; set; }

    public double Milliseconds { get; set; }
}
