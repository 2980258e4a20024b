using RolloutDashboard.Core.Rollouts;

namespace RolloutDashboard.Live;

/// <summary>Reads what the operations and configuration pages show beside the live snapshot.</summary>
public interface IOperationsView
{
    Task<OperationsView> ReadAsync(CancellationToken ct);

    Task<ConfigurationsView> ReadConfigurationsAsync(CancellationToken ct);
}

/// <summary>The same from the database.</summary>
public sealed class DatabaseOperationsView(ReadOperations readOperations, ReadConfigurations readConfigurations) : IOperationsView
{
    public Task<OperationsView> ReadAsync(CancellationToken ct) => readOperations.ExecuteAsync(ct);

    public Task<ConfigurationsView> ReadConfigurationsAsync(CancellationToken ct) => readConfigurations.ExecuteAsync(ct);
}
