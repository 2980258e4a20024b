using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Monitoring.Operations;

namespace RolloutDashboard.Views;

/// <summary>Reads what the operations and configuration pages show beside the live snapshot.</summary>
public interface IOperationsView
{
    Task<OperationsView> ReadAsync(CancellationToken ct);

    Task<ConfigurationsView> ReadConfigurationsAsync(CancellationToken ct);

    Task<GatesView> ReadGatesAsync(CancellationToken ct);

    /// <summary>What an edit of the gates would change and say; saves nothing.</summary>
    Task<GateEditPreview> TryGatesAsync(IReadOnlyDictionary<string, string> texts, CancellationToken ct);
}
