using System.Security.Claims;

namespace RolloutDashboard.Commands.Rollouts;

/// <summary>How a person runs the loop and validates in staging. Every command reads user and role from the
/// database again.</summary>
public interface ILoopCommands
{
    Task<CommandResult> StartLoopAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> PauseLoopAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> StopLoopAsync(ClaimsPrincipal user, CancellationToken ct);

    /// <summary>Starts a validation run of what comes next: the same stage after a rollback, else the next
    /// one.</summary>
    Task<CommandResult> StartStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> CancelStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct);
}
