namespace RolloutDashboard.Core.Evidence.Histories;

/// <summary>Imported histories as evidence sees them; the import room gives them.</summary>
public interface IImportedHistories
{
    /// <summary>Latest first.</summary>
    Task<IReadOnlyList<ImportedHistory>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The records of a data set in the order of the file, at most <paramref name="limit"/> of them.</summary>
    /// <param name="run">1-based run in the file; null for all.</param>
    Task<IReadOnlyList<CheckedIteration>> ReadAsync(int id, int? run, int limit, CancellationToken cancellationToken);
}
