using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Iterations;

/// <summary>Gives out iterations: claim, switch and assignment in one write transaction.</summary>
public interface IIterationClaims
{
    /// <summary>Claims the next iteration; null when the loop is not to run.</summary>
    Task<ClaimedIteration?> ClaimAsync(RolloutEnvironment environment, CancellationToken cancellationToken);
}
