using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Core.Monitoring.AlertRules;
using RolloutDashboard.Core.Rollouts;
using RolloutDashboard.Core.Rollouts.Gates;

namespace RolloutDashboard.Live;

/// <summary>Plan checks for the page.</summary>
public interface IPlanChecks
{
    /// <param name="with">Changes of gates and thresholds, as <see cref="PolicyEdits"/> reads them.</param>
    /// <param name="waiting">Gets the share that is done, in percent.</param>
    Task<PlanReport> RunAsync(AssumedRates assumed, string? with, Waiting? waiting, CancellationToken cancellationToken);
}

/// <summary>Checks the configured plan, and remembers the latest reports: each simulates some hundred thousand stages.</summary>
public sealed class PlanChecks(IOptions<StageOptions> stages, IOptions<RolloutOptions> rollouts, TimeProvider clock) : IPlanChecks
{
    private const int Remembered = 32;

    // Stages and shares are those of the process, so rates and changes are all that can differ.
    private readonly SharedResults<(AssumedRates Assumed, string With), PlanReport> _reports = new(
        (inputs, progress, token) => Task.FromResult(Check(stages.Value, rollouts.Value, inputs.Assumed, inputs.With, progress, token)), Remembered, clock);

    public async Task<PlanReport> RunAsync(AssumedRates assumed, string? with, Waiting? waiting, CancellationToken cancellationToken) =>
        (await _reports.GetAsync((assumed, with ?? ""), waiting, cancellationToken)).Value;

    private static PlanReport Check(StageOptions stages, RolloutOptions rollouts, AssumedRates assumed, string with, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var (gates, thresholds, _) = PolicyEdits.Apply(GateDefinition.Default, new AlertThresholds(), with);
        return CheckPlan.Of(Plan.Of(stages, rollouts.TemplateLibraryShare, isDemo: false, gates, thresholds), assumed, progress: progress, cancellationToken: cancellationToken);
    }
}
