using RolloutDashboard.Core.Rollouts;

namespace RolloutDashboard.Live;

/// <summary>Reads what the operations and configuration pages show beside the live snapshot.</summary>
public interface IOperationsView
{
    Task<OperationsView> ReadAsync(CancellationToken ct);

    Task<ConfigurationsView> ReadConfigurationsAsync(CancellationToken ct);

    Task<GatesView> ReadGatesAsync(CancellationToken ct);

    /// <summary>What an edit of the gates would change and say; saves nothing.</summary>
    Task<GateEditPreview> TryGatesAsync(IReadOnlyDictionary<string, string> texts, CancellationToken ct);
}

/// <summary>The same from the database.</summary>
public sealed class DatabaseOperationsView(ReadOperations readOperations, ReadConfigurations readConfigurations, ReadGates readGates) : IOperationsView
{
    public Task<OperationsView> ReadAsync(CancellationToken ct) => readOperations.ExecuteAsync(ct);

    public Task<ConfigurationsView> ReadConfigurationsAsync(CancellationToken ct) => readConfigurations.ExecuteAsync(ct);

    public Task<GatesView> ReadGatesAsync(CancellationToken ct) => readGates.ExecuteAsync(ct);

    public Task<GateEditPreview> TryGatesAsync(IReadOnlyDictionary<string, string> texts, CancellationToken ct) => readGates.TryAsync(texts, ct);
}
