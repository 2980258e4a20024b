using RolloutDashboard.Core.Import.Mapping;

namespace RolloutDashboard.Tests.Support;

/// <summary>Saved mappings in memory.</summary>
public sealed class ScriptedMappings : IHistoryMappings
{
    public List<HistoryMapping> Saved { get; } = [];

    public Task<IReadOnlyList<HistoryMapping>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HistoryMapping>>([.. Saved.OrderBy(one => one.Name, StringComparer.Ordinal)]);

    public Task<HistoryMapping?> FindAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Saved.Find(one => one.Name == name));

    public Task SaveAsync(HistoryMapping mapping, CancellationToken cancellationToken)
    {
        Saved.RemoveAll(one => one.Name == mapping.Name);
        Saved.Add(mapping);
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Saved.RemoveAll(one => one.Name == name) > 0);
}
