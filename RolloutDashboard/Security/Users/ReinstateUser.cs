using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;

namespace RolloutDashboard.Security.Users;

/// <summary>Lets a revoked user in again, without the old password: a new link is needed.</summary>
public sealed class ReinstateUser(
    UserAccounts accounts,
    AccessChanges access,
    TimeProvider clock,
    ILogger<ReinstateUser> logger
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
        var change = await accounts.ChangeAsync(
            actor,
            open => ReinstateAsync(open, actor, userName, reason),
            cancellationToken
        );
        if (change.Succeeded)
        {
            logger.LogInformation("{Actor} reinstated {User}", actor.Name, userName);
        }

        return change;
    }

    private async Task<UserChange> ReinstateAsync(
        OpenUserAccounts open,
        AuthorizedUser actor,
        string userName,
        string? reason
    )
    {
        if (await open.Users.FindByNameAsync(userName) is not { } user)
        {
            return UserChange.Refused($"There is no user '{userName}'.");
        }

        user.IsRevoked = false;
        user.PasswordHash = null;
        var result = await open.Users.UpdateSecurityStampAsync(user);
        if (result.Succeeded)
        {
            Note(actor, user);
        }

        return UserChange.From(
            result,
            new DecisionDraft(
                "user-reinstated",
                actor.Name,
                $"{user.UserName} may come back, with a new password.",
                reason,
                new { user = user.UserName }
            )
        );
    }

    private void Note(AuthorizedUser actor, DashboardUser user) =>
        access.Note(
            new AccessChange(
                clock.GetUtcNow(),
                user.Id,
                user.UserName ?? user.Id,
                actor.Name,
                IsRevoked: false,
                Role: null
            )
            {
                PasswordMark = AccessChange.MarkOf(null),
            }
        );
}
