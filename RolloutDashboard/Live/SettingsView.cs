using RolloutDashboard.Core.Llm;
using RolloutDashboard.Core.Llm.Providers;
using RolloutDashboard.Core.Monitoring.Notifications;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Live;

/// <summary>Everything that the settings page shows.</summary>
/// <param name="Users">Null for everybody but administrators.</param>
public sealed record SettingsView(IReadOnlyList<ProviderSetting> Providers, BudgetUse Budget, IReadOnlyList<ChannelState> Channels, IReadOnlyList<UserEntry>? Users);

/// <summary>One provider as configured and as it does. A key is named by its variable, and never read into this.</summary>
/// <param name="Endpoint">Null for the kind's own public one, and for the offline generator.</param>
/// <param name="KeyVariable">Environment variable that holds the key; null where none is needed.</param>
/// <param name="HasKey">Whether that variable is set.</param>
public sealed record ProviderSetting(ProviderStatus Status, string? Endpoint, string? KeyVariable, bool HasKey, double? PricePerMillionInput, double? PricePerMillionOutput)
{
    public bool IsOffline => Status.Kind == ProviderKind.Offline;
}

/// <summary>What came of a command on users; a link is shown once and kept nowhere.</summary>
public sealed record LinkResult(CommandResult Result, string? Address, DateTimeOffset? ExpiresAt);
