using System.Text.Json;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Comparisons.Selections;
using RolloutDashboard.Core.Evidence.PlanCheck;
using RolloutDashboard.Turns;

namespace RolloutDashboard.Studies;

/// <summary>Checks the configured stages by the gates and thresholds in force, and remembers the latest reports: each
/// simulates some hundred thousand stages.</summary>
public sealed class PlanChecks(
    IPolicyInForce inForce,
    IOptions<StageOptions> stages,
    IOptions<RolloutOptions> rollouts,
    WorkTurns turns,
    TimeProvider clock
) : IPlanChecks
{
    private const int Remembered = 32;

    // Stages and shares are those of the process, so rates, gates and changes are all that can differ.
    private readonly DeduplicatedJobs<Asked, PlanReport> _reports = new(
        (asked, progress, token) => Task.FromResult(Check(stages.Value, rollouts.Value, asked, progress, token)),
        Remembered,
        turns.Computations,
        clock
    );

    public async Task<PolicyToCheck> ChooseAsync(string? with, CancellationToken cancellationToken)
    {
        var policy = await inForce.ReadAsync(cancellationToken);
        var (gates, thresholds, errors) = PolicyEdits.Apply(policy.Gates, policy.Thresholds, with);
        return new PolicyToCheck(policy with { Gates = gates, Thresholds = thresholds }, errors);
    }

    public async Task<PlanReport> RunAsync(
        AssumedRates assumed,
        PolicyToCheck policy,
        JobSubscription? waiting,
        CancellationToken cancellationToken
    ) =>
        policy.Errors.Count > 0
            ? throw new SelectionException(SelectionFault.Malformed, string.Join(' ', policy.Errors))
            : (await _reports.GetAsync(new Asked(assumed, policy), waiting, cancellationToken)).Value;

    private static PlanReport Check(
        StageOptions stages,
        RolloutOptions rollouts,
        Asked asked,
        IProgress<int> progress,
        CancellationToken cancellationToken
    ) =>
        CheckPlan.Of(
            Plan.Of(
                stages,
                rollouts.TemplateLibraryShare,
                isDemo: false,
                asked.Policy.Policy.Gates,
                asked.Policy.Policy.Thresholds
            ),
            asked.Assumed,
            progress: progress,
            cancellationToken: cancellationToken
        );

    private sealed class Asked(AssumedRates assumed, PolicyToCheck policy)
    {
        private readonly string _gates = JsonSerializer.Serialize(policy.Policy.Gates);

        public AssumedRates Assumed => assumed;

        public PolicyToCheck Policy => policy;

        public override bool Equals(object? obj) =>
            obj is Asked other
            && other.Assumed == Assumed
            && other.Policy.Policy.Thresholds == Policy.Policy.Thresholds
            && other._gates == _gates;

        public override int GetHashCode() => HashCode.Combine(Assumed, Policy.Policy.Thresholds, _gates);
    }
}
