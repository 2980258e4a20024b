using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Support;

/// <summary>Claims for tests that say nothing of workers.</summary>
public static class ClaimExtensions
{
    /// <summary>Claims as the first worker.</summary>
    public static Task<ClaimedIteration?> ClaimAsync(
        this IIterationClaims claims,
        RolloutEnvironment environment,
        CancellationToken cancellationToken
    ) => claims.ClaimAsync(environment, worker: 0, cancellationToken);
}
