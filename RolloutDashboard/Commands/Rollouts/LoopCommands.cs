using System.Security.Claims;
using RolloutDashboard.Core.Iterations;
using RolloutDashboard.Core.Promotions.Staging;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Commands.Rollouts;

/// <summary>The loop and validations in staging, by people.</summary>
public sealed class LoopCommands(CommandExecutor executor, ControlLoop controlLoop, ValidateInStaging validateInStaging)
    : ILoopCommands
{
    public Task<CommandResult> StartLoopAsync(ClaimsPrincipal user, CancellationToken ct) =>
        executor.TransitAsync(
            "start the loop",
            Roles.Operator,
            user,
            person => controlLoop.StartAsync(person.Name, ct),
            ct
        );

    public Task<CommandResult> PauseLoopAsync(ClaimsPrincipal user, CancellationToken ct) =>
        executor.TransitAsync(
            "pause the loop",
            Roles.Operator,
            user,
            person => controlLoop.PauseAsync(person.Name, ct),
            ct
        );

    public Task<CommandResult> StopLoopAsync(ClaimsPrincipal user, CancellationToken ct) =>
        executor.TransitAsync(
            "stop the loop",
            Roles.Operator,
            user,
            person => controlLoop.StopAsync(person.Name, ct),
            ct
        );

    public Task<CommandResult> StartStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct) =>
        executor.TransitAsync(
            "validate in staging",
            Roles.Operator,
            user,
            person => validateInStaging.StartAsync(person.Name, ct),
            ct
        );

    public Task<CommandResult> CancelStagingValidationAsync(ClaimsPrincipal user, CancellationToken ct) =>
        executor.TransitAsync(
            "cancel a validation",
            Roles.Operator,
            user,
            person => validateInStaging.CancelAsync(person.Name, ct),
            ct
        );
}
