using System.Security.Claims;

namespace RolloutDashboard.Commands;

/// <summary>What an operator can do about alerts. Every command reads user and role from the database again.</summary>
public interface IAlertCommands
{
    Task<CommandResult> AcknowledgeAsync(long alertId, ClaimsPrincipal user, CancellationToken ct);

    /// <param name="until">Null ends a silence now.</param>
    Task<CommandResult> SilenceAsync(long alertId, DateTimeOffset? until, ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> SendTestAsync(string channel, ClaimsPrincipal user, CancellationToken ct);
}
