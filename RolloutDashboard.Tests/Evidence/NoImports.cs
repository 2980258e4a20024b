using RolloutDashboard.Core.Evidence;
using RolloutDashboard.Core.Evidence.Histories;

namespace RolloutDashboard.Tests.Evidence;

/// <summary>Imported histories that a test sets.</summary>
internal sealed class NoImports : IImportedHistories
{
    public Dictionary<int, IReadOnlyList<CheckedIteration>> Sets { get; } = [];

    public Task<IReadOnlyList<ImportedHistory>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ImportedHistory>>([
            .. Sets.Select(set => new ImportedHistory(set.Key, $"set {set.Key}", default, set.Value.Count)),
        ]);

    public Task<IReadOnlyList<CheckedIteration>> ReadAsync(
        int id,
        int? run,
        int limit,
        CancellationToken cancellationToken
    ) => Task.FromResult(Sets.GetValueOrDefault(id) ?? []);
}
