using System.Security.Claims;

namespace RolloutDashboard.Live;

/// <summary>What a person can make the rollout do. Every command reads user and role from the database again.</summary>
public interface IRolloutCommands
{
    /// <summary>The immediate rollback: no JSON before the next iteration. Never refused as stale.</summary>
    Task<CommandResult> StopJsonAsync(string reason, ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> StartLoopAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> PauseLoopAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> StopLoopAsync(ClaimsPrincipal user, CancellationToken ct);
}

/// <param name="Message">The server's words, shown to the person as they are.</param>
public sealed record CommandResult(bool Succeeded, string Message);
