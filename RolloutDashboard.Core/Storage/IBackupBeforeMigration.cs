namespace RolloutDashboard.Core.Storage;

/// <summary>Keeps a copy of the database before its schema changes.</summary>
public interface IBackupBeforeMigration
{
    Task BackUpBeforeMigrationAsync(CancellationToken cancellationToken);
}
