using RolloutDashboard.Core.Evidence;

namespace RolloutDashboard.Tests.Support;

/// <summary>What a rollout is judged by, as a test sets it.</summary>
internal sealed class FixedPolicy : IPolicyInForce
{
    public PolicyInForce Policy { get; set; } = PolicyInForce.Plan;

    public Task<PolicyInForce> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Policy);
}
