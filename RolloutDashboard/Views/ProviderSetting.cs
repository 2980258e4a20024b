using RolloutDashboard.Core.Llm.Providers.Status;

namespace RolloutDashboard.Views;

/// <summary>One provider as configured and as it does. A key is named by its variable, and never read into
/// this.</summary>
/// <param name="Endpoint">Null for the kind's own public one, and for the offline generator.</param>
/// <param name="KeyVariable">Environment variable that holds the key; null where none is needed.</param>
/// <param name="HasKey">Whether that variable is set.</param>
public sealed record ProviderSetting(
    ProviderStatus Status,
    string? Endpoint,
    string? KeyVariable,
    bool HasKey,
    double? PricePerMillionInput,
    double? PricePerMillionOutput
)
{
    public bool IsOffline => Status.Kind.IsOffline;
}
