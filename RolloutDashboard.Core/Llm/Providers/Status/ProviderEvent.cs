namespace RolloutDashboard.Core.Llm.Providers.Status;

/// <summary>One event, for alerts and marks on charts.</summary>
/// <param name="Provider">The provider that answers now (failed over, recovered) or that it is about; empty for
/// all.</param>
/// <param name="Message">Cleaned of keys.</param>
public sealed record ProviderEvent(DateTimeOffset Time, ProviderEventKind Kind, string Provider, string Message);
