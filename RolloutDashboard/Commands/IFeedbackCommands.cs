using System.Security.Claims;

namespace RolloutDashboard.Commands;

/// <summary>What people can say about a stage. Every command reads user and role from the database again.</summary>
public interface IFeedbackCommands
{
    /// <summary>Any signed-in person.</summary>
    /// <param name="score">1 to 5.</param>
    Task<CommandResult> GiveAsync(int score, string? comment, ClaimsPrincipal user, CancellationToken ct);

    /// <summary>An administrator, in stage 3.4.</summary>
    Task<CommandResult> SignOffAsync(string name, string statement, ClaimsPrincipal user, CancellationToken ct);

    Task<CommandResult> WithdrawSignOffAsync(string reason, ClaimsPrincipal user, CancellationToken ct);
}
