using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.IterationHistory;

/// <summary>Reads iterations for pages.</summary>
public interface IIterationQueries
{
    Task<IterationSlice> PageAsync(IterationFilter filter, CancellationToken cancellationToken);

    /// <summary>Null when that environment has no such number.</summary>
    Task<IterationDetail?> FindAsync(RolloutEnvironment environment, long number, CancellationToken cancellationToken);
}
