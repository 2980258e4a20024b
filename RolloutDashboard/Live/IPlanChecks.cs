using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.PlanCheck;

namespace RolloutDashboard.Live;

/// <summary>Plan checks for the page.</summary>
public interface IPlanChecks
{
    /// <summary>The gates and thresholds that are checked, at once: those in force, with changes.</summary>
    /// <param name="with">Changes of gates and thresholds, as <see cref="PolicyEdits"/> reads them.</param>
    Task<PolicyToCheck> ChooseAsync(string? with, CancellationToken cancellationToken);

    /// <param name="waiting">Gets the share that is done, in percent.</param>
    Task<PlanReport> RunAsync(AssumedRates assumed, PolicyToCheck policy, Waiting? waiting, CancellationToken cancellationToken);
}

/// <summary>Gates and thresholds that a plan check is of.</summary>
/// <param name="Errors">What of the changes will not do; nothing is checked until it is put right.</param>
public sealed record PolicyToCheck(PolicyInForce Policy, IReadOnlyList<string> Errors);
