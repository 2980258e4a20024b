using RolloutDashboard.Core.Configuration;
using RolloutDashboard.Core.Evaluation.GateVersions;
using RolloutDashboard.Core.Monitoring.Operations;

namespace RolloutDashboard.Views;

/// <summary>The same from the database.</summary>
public sealed class DatabaseOperationsView(
    ReadOperations readOperations,
    ReadConfigurations readConfigurations,
    ReadGates readGates
) : IOperationsView
{
    public Task<OperationsView> ReadAsync(CancellationToken ct) => readOperations.ExecuteAsync(ct);

    public Task<ConfigurationsView> ReadConfigurationsAsync(CancellationToken ct) =>
        readConfigurations.ExecuteAsync(ct);

    public Task<GatesView> ReadGatesAsync(CancellationToken ct) => readGates.ExecuteAsync(ct);

    public Task<GateEditPreview> TryGatesAsync(IReadOnlyDictionary<string, string> texts, CancellationToken ct) =>
        readGates.TryAsync(texts, ct);
}
