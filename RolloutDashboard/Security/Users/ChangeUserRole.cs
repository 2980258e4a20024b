using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security.Users;

/// <summary>Gives a user another role; their open pages close and they sign in anew.</summary>
public sealed class ChangeUserRole(
    UserAccounts accounts,
    OpenConnections connections,
    AccessChanges access,
    TimeProvider clock,
    ILogger<ChangeUserRole> logger
)
{
    /// <param name="reason">Kept in the decision record.</param>
    public async Task<UserChange> ExecuteAsync(
        AuthorizedUser actor,
        string userName,
        string role,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var userId = "";
        var change = await accounts.ChangeAsync(
            actor,
            async open =>
            {
                if (!Roles.All.Contains(role))
                {
                    return UserChange.Refused($"There is no role '{role}'. Roles: {string.Join(", ", Roles.All)}.");
                }

                if (await open.Users.FindByNameAsync(userName) is not { } user)
                {
                    return UserChange.Refused($"There is no user '{userName}'.");
                }

                userId = user.Id;
                return role != Roles.Administrator && await open.IsLastAdministratorAsync(user, cancellationToken)
                    ? UserChange.Refused($"{user.UserName} is the last administrator. Make somebody else one first.")
                    : await SetRoleAsync(open, actor, user, role, reason);
            },
            cancellationToken
        );
        if (change.Succeeded)
        {
            connections.CloseUser(userId);
            logger.LogInformation("{Actor} made {User} {Role}", actor.Name, userName, role);
        }

        return change;
    }

    private async Task<UserChange> SetRoleAsync(
        OpenUserAccounts open,
        AuthorizedUser actor,
        DashboardUser user,
        string role,
        string? reason
    )
    {
        var before = RoleOrder.Highest(await open.Users.GetRolesAsync(user)) ?? "no role";
        var changed = await open.SetRoleAsync(user, role);
        var result = changed.Succeeded ? await open.Users.UpdateSecurityStampAsync(user) : changed;
        if (result.Succeeded)
        {
            Note(actor, user, role);
        }

        return UserChange.From(
            result,
            new DecisionDraft(
                "user-role",
                actor.Name,
                $"{user.UserName} is {role} now, was {before}.",
                reason,
                new
                {
                    user = user.UserName,
                    role,
                    before,
                }
            )
        );
    }

    private void Note(AuthorizedUser actor, DashboardUser user, string role) =>
        access.Note(
            new AccessChange(clock.GetUtcNow(), user.Id, user.UserName ?? user.Id, actor.Name, user.IsRevoked, role)
        );
}
