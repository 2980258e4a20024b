using System.Security.Claims;

namespace RolloutDashboard.Commands;

/// <summary>Commands of an administrator on the people who may sign in.</summary>
public interface IUserCommands
{
    Task<CommandResult> AddAsync(string name, string role, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<CommandResult> ChangeRoleAsync(
        string name,
        string role,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    );

    Task<CommandResult> RevokeAsync(
        string name,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    );

    Task<CommandResult> ReinstateAsync(
        string name,
        string reason,
        ClaimsPrincipal user,
        CancellationToken cancellationToken
    );

    /// <param name="server">Address of the dashboard as the administrator's browser sees it.</param>
    Task<LinkResult> IssueLinkAsync(string name, Uri server, ClaimsPrincipal user, CancellationToken cancellationToken);
}
