using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Security.Users;

/// <summary>Lets a revoked user in again, without the old password: a new link is needed.</summary>
public sealed class ReinstateUser(UserAccounts accounts, AccessChanges access, TimeProvider clock, ILogger<ReinstateUser> logger)
{
    public Task<UserChange> ExecuteAsync(AuthorizedUser actor, string userName, CancellationToken cancellationToken) =>
        accounts.ChangeAsync(actor, async open =>
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
                access.Note(new AccessChange(clock.GetUtcNow(), user.Id, user.UserName ?? user.Id, actor.Name, IsRevoked: false, Role: null));
                logger.LogInformation("{Actor} reinstated {User}", actor.Name, user.UserName);
            }

            return UserChange.From(result);
        }, cancellationToken);
}
