using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Security.Users;

/// <summary>Takes all access from a user, closes their open pages, and keeps the name for the records that mention
/// it.</summary>
public sealed class RevokeUser(
    UserAccounts accounts,
    OpenConnections connections,
    SignInLinkStore links,
    AccessChanges access,
    TimeProvider clock,
    ILogger<RevokeUser> logger
)
{
    /// <param name="reason">Kept in the decision record.</param>
    public async Task<UserChange> ExecuteAsync(
        AuthorizedUser actor,
        string userName,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var userId = "";
        var change = await accounts.ChangeAsync(
            actor,
            async open =>
            {
                if (await open.Users.FindByNameAsync(userName) is not { } user)
                {
                    return UserChange.Refused($"There is no user '{userName}'.");
                }

                if (await open.IsLastAdministratorAsync(user, cancellationToken))
                {
                    return UserChange.Refused(
                        $"{user.UserName} is the last administrator. Make somebody else one first."
                    );
                }

                userId = user.Id;
                return await RevokeAsync(open, actor, user, reason);
            },
            cancellationToken
        );
        if (change.Succeeded)
        {
            connections.CloseUser(userId);
            links.RemoveFor(userName);
            logger.LogInformation("{Actor} revoked {User}", actor.Name, userName);
        }

        return change;
    }

    private async Task<UserChange> RevokeAsync(
        OpenUserAccounts open,
        AuthorizedUser actor,
        DashboardUser user,
        string? reason
    )
    {
        // Before the database has it: a restore of an older backup must not give the access back.
        access.Note(
            new AccessChange(
                clock.GetUtcNow(),
                user.Id,
                user.UserName ?? user.Id,
                actor.Name,
                IsRevoked: true,
                Role: null
            )
        );
        user.IsRevoked = true;
        // Writes the flag too, and ends every sign-in that carries the old stamp.
        var result = await open.Users.UpdateSecurityStampAsync(user);
        return UserChange.From(
            result,
            new DecisionDraft(
                "user-revoked",
                actor.Name,
                $"All access was taken from {user.UserName}.",
                reason,
                new { user = user.UserName }
            )
        );
    }
}
