using RolloutDashboard.Core.Llm.Providers.Status;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Monitoring.Operations;

/// <summary>How events of providers are stored.</summary>
public static class ProviderEventRecords
{
    /// <summary>Source of an event after which another provider answers; charts mark it.</summary>
    public const string Switch = "Provider switch";

    public static EventRecord Of(int rolloutId, ProviderEvent occurred) =>
        new()
        {
            RolloutId = rolloutId,
            At = occurred.Time,
            Severity = occurred.Kind switch
            {
                ProviderEventKind.AllDown => AlertSeverity.Critical,
                ProviderEventKind.Recovered or ProviderEventKind.BudgetEased => AlertSeverity.Info,
                _ => AlertSeverity.Warning,
            },
            Source = occurred.Kind switch
            {
                ProviderEventKind.FailedOver or ProviderEventKind.Recovered => Switch,
                ProviderEventKind.BudgetExhausted or ProviderEventKind.BudgetEased => "Budget",
                _ => occurred.Provider.Length == 0 ? "Providers" : occurred.Provider,
            },
            Text = occurred.Message,
        };
}
