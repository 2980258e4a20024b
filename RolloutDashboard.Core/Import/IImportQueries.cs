namespace RolloutDashboard.Core.Import;

/// <summary>What there is of imported data sets.</summary>
public interface IImportQueries
{
    /// <summary>All sets, newest first.</summary>
    Task<IReadOnlyList<ImportedSetView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One set; null where there is none.</summary>
    Task<ImportedSetView?> FindAsync(int id, CancellationToken cancellationToken);
}
