using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.PlanCheck;

namespace RolloutDashboard.Studies;

/// <summary>Plan checks for the page.</summary>
public interface IPlanChecks
{
    /// <summary>The gates and thresholds that are checked, at once: those in force, with changes.</summary>
    /// <param name="with">Changes of gates and thresholds, as <see cref="PolicyEdits"/> reads them.</param>
    Task<PolicyToCheck> ChooseAsync(string? with, CancellationToken cancellationToken);

    /// <param name="waiting">Gets the share that is done, in percent.</param>
    Task<PlanReport> RunAsync(
        AssumedRates assumed,
        PolicyToCheck policy,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    );
}
