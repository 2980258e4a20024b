using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Gives out iterations: claim, switch and assignment in one write transaction.</summary>
public interface IIterationClaims
{
    /// <summary>Claims the next iteration; null when the loop is not to run.</summary>
    /// <param name="worker">Which of the process's workers claims, from 0. It works on one iteration at a time, and has
    /// lineages of its own.</param>
    Task<ClaimedIteration?> ClaimAsync(RolloutEnvironment environment, int worker, CancellationToken cancellationToken);
}
