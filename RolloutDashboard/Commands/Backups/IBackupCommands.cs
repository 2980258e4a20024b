using System.Security.Claims;

namespace RolloutDashboard.Commands.Backups;

/// <summary>Backups on the operations page. Every command reads user and role from the database again and returns as
/// soon as the work has begun.</summary>
public interface IBackupCommands
{
    /// <exception cref="IOException">The folder can't be read.</exception>
    BackupsView Read();

    Task<CommandResult> BackUpNowAsync(ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Checks database file, decision chain, journal and the numbers of iterations.</summary>
    Task<CommandResult> VerifyAsync(ClaimsPrincipal user, CancellationToken ct);

    /// <summary>For administrators.</summary>
    /// <param name="typed">The backup's name as the person typed it.</param>
    Task<CommandResult> RestoreAsync(
        string name,
        string typed,
        string reason,
        ClaimsPrincipal user,
        CancellationToken ct
    );
}
