using RolloutDashboard.Background;

namespace RolloutDashboard.Commands.Backups;

/// <param name="Backups">Newest first.</param>
/// <param name="Bytes">Of all of them.</param>
/// <param name="Every">Time between scheduled ones.</param>
/// <param name="Keep">Kept of each reason.</param>
public sealed record BackupsView(
    IReadOnlyList<BackupLine> Backups,
    long Bytes,
    TimeSpan Every,
    int Keep,
    DatabaseTask? Work
);
