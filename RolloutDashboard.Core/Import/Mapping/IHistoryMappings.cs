namespace RolloutDashboard.Core.Import.Mapping;

/// <summary>Mappings that were saved with a name.</summary>
public interface IHistoryMappings
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<HistoryMapping>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Null where there is none of that name.</summary>
    Task<HistoryMapping?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps it under its name, in the place of an earlier one.</summary>
    /// <exception cref="ImportException">The name is empty, too long or holds signs that no name may hold.</exception>
    Task SaveAsync(HistoryMapping mapping, CancellationToken cancellationToken);

    /// <summary>False where there is none of that name.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
