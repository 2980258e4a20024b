using System.Security.Claims;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Jobs;
using RolloutDashboard.Security;

namespace RolloutDashboard.Commands;

/// <summary>Carries a person's command out, after reading user and role from the database, and has the duties look at
/// once.</summary>
public sealed class CommandExecutor(CommandAuthorization authorization, DutySignal duties)
{
    /// <summary>Who asks, or null where that person may not.</summary>
    public Task<AuthorizedUser?> AuthorizeAsync(ClaimsPrincipal user, string role, CancellationToken ct) =>
        authorization.AuthorizeAsync(user, role, ct);

    /// <summary>The same for switching JSON off, see <see cref="CommandAuthorization.AuthorizeStopAsync"/>.</summary>
    public Task<AuthorizedUser?> AuthorizeStopAsync(ClaimsPrincipal user, CancellationToken ct) =>
        authorization.AuthorizeStopAsync(user, ct);

    /// <param name="what">What is asked for, as it follows "You may not".</param>
    /// <param name="role">The least role that may.</param>
    public Task<CommandResult> TransitAsync(
        string what,
        string role,
        ClaimsPrincipal user,
        Func<AuthorizedUser, Task<TransitionResult>> transit,
        CancellationToken ct
    ) =>
        ExecuteAsync(
            what,
            role,
            user,
            async person =>
            {
                var result = await transit(person);
                return new CommandResult(result.Succeeded, result.Message);
            },
            ct
        );

    /// <inheritdoc cref="TransitAsync"/>
    public async Task<CommandResult> ExecuteAsync(
        string what,
        string role,
        ClaimsPrincipal user,
        Func<AuthorizedUser, Task<CommandResult>> command,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await authorization.AuthorizeAsync(user, role, ct) is not { } person)
        {
            return Refused(what, role);
        }

        var result = await command(person);
        duties.LookNow();
        return result;
    }

    /// <summary>The answer to somebody whose role does not suffice.</summary>
    public static CommandResult Refused(string what, string role) =>
        new(
            false,
            $"You may not {what}: that needs the role {role}.{(role == Roles.Operator ? " Ask an administrator." : "")}"
        );
}
