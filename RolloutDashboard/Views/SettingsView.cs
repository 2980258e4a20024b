using RolloutDashboard.Core.Llm.Budget;
using RolloutDashboard.Core.Notifications;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Views;

/// <summary>Everything that the settings page shows.</summary>
/// <param name="Users">Null for everybody but administrators.</param>
public sealed record SettingsView(
    IReadOnlyList<ProviderSetting> Providers,
    BudgetUse Budget,
    IReadOnlyList<ChannelState> Channels,
    IReadOnlyList<UserEntry>? Users
)
{
    /// <summary>Setting Rollout:LineageLength: iterations of a lineage; 0 for one endless chain in each arm.</summary>
    public int LineageLength { get; init; }
}
