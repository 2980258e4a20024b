namespace RolloutDashboard.Core.Evidence;

/// <summary>Reads what the current rollout is judged by, for whoever asks what it would say.</summary>
public interface IPolicyInForce
{
    Task<PolicyInForce> ReadAsync(CancellationToken cancellationToken);
}
