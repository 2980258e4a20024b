using System.Security.Claims;

namespace RolloutDashboard.Commands.Rollouts;

/// <summary>How a person stops JSON mode, at once or in steps, and tries the way back. Every command reads
/// user and role from the database again.</summary>
public interface IRollbackCommands
{
    /// <summary>The immediate rollback: no JSON before the next iteration. Never refused as stale.</summary>
    Task<CommandResult> StopJsonAsync(string reason, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Begins a gradual rollback: the share is lowered in steps, each watched.</summary>
    Task<CommandResult> StartGradualAsync(long seenVersion, string reason, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Ends it; the share stays where it is.</summary>
    Task<CommandResult> EndGradualAsync(long seenVersion, string reason, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Begins a drill of the immediate rollback in staging.</summary>
    Task<CommandResult> StartDrillAsync(ClaimsPrincipal user, CancellationToken ct);
}
