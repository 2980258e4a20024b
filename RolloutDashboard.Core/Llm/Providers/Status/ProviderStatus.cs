namespace RolloutDashboard.Core.Llm.Providers.Status;

/// <summary>One provider for the health panel.</summary>
/// <param name="Order">Place in the list, from 0.</param>
public sealed record ProviderStatus(
    int Order,
    string Name,
    ProviderKind Kind,
    string Model,
    ProviderHealth Health,
    bool IsActive,
    int FailuresInARow,
    DateTimeOffset? LastSuccess,
    string? LastError,
    DateTimeOffset? RetryAt
);
