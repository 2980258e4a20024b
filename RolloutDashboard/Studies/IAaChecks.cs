using RolloutDashboard.Core.Evidence.AaTest;

namespace RolloutDashboard.Studies;

/// <summary>A/A checks for the page.</summary>
public interface IAaChecks
{
    /// <param name="waiting">Gets the number of finished runs.</param>
    Task<AaReport> RunAsync(AaSettings settings, JobSubscription? waiting, CancellationToken cancellationToken);
}
