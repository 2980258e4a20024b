using System.Security.Claims;
using RolloutDashboard.Jobs;

namespace RolloutDashboard.Live;

/// <summary>A backup as pages list it; a file under a backup's name has passed its integrity check when it was made.</summary>
public sealed record BackupLine(string Name, DateTimeOffset At, string Reason, long Bytes);

/// <param name="Backups">Newest first.</param>
/// <param name="Bytes">Of all of them.</param>
/// <param name="Every">Time between scheduled ones.</param>
/// <param name="Keep">Kept of each reason.</param>
public sealed record BackupsView(IReadOnlyList<BackupLine> Backups, long Bytes, TimeSpan Every, int Keep, DatabaseTask? Work);

/// <summary>Backups on the operations page. Every command reads user and role from the database again and returns as soon as the work has begun.</summary>
public interface IBackupDesk
{
    /// <exception cref="IOException">The folder can't be read.</exception>
    BackupsView Read();

    Task<CommandResult> BackUpNowAsync(ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Checks database file, decision chain, journal and the numbers of iterations.</summary>
    Task<CommandResult> VerifyAsync(ClaimsPrincipal user, CancellationToken ct);

    /// <summary>For administrators.</summary>
    /// <param name="typed">The backup's name as the person typed it.</param>
    Task<CommandResult> RestoreAsync(string name, string typed, string reason, ClaimsPrincipal user, CancellationToken ct);
}
