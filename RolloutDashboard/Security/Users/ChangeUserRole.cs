using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security.Users;

/// <summary>Gives a user another role; their open pages close and they sign in anew.</summary>
public sealed class ChangeUserRole(UserAccounts accounts, OpenConnections connections, AccessChanges access, TimeProvider clock, ILogger<ChangeUserRole> logger)
{
    public Task<UserChange> ExecuteAsync(AuthorizedUser actor, string userName, string role, CancellationToken cancellationToken) =>
        accounts.ChangeAsync(actor, async open =>
        {
            if (!Roles.All.Contains(role))
            {
                return UserChange.Refused($"There is no role '{role}'. Roles: {string.Join(", ", Roles.All)}.");
            }

            if (await open.Users.FindByNameAsync(userName) is not { } user)
            {
                return UserChange.Refused($"There is no user '{userName}'.");
            }

            if (role != Roles.Administrator && await open.IsLastAdministratorAsync(user, cancellationToken))
            {
                return UserChange.Refused($"{user.UserName} is the last administrator. Make somebody else one first.");
            }

            await using var transaction = await open.Database.Database.BeginTransactionAsync(cancellationToken);
            var changed = await open.SetRoleAsync(user, role);
            var result = changed.Succeeded ? await open.Users.UpdateSecurityStampAsync(user) : changed;
            if (result.Succeeded)
            {
                access.Note(new AccessChange(clock.GetUtcNow(), user.Id, user.UserName ?? user.Id, actor.Name, user.IsRevoked, role));
                await transaction.CommitAsync(cancellationToken);
                connections.CloseUser(user.Id);
                logger.LogInformation("{Actor} made {User} {Role}", actor.Name, user.UserName, role);
            }

            return UserChange.From(result);
        }, cancellationToken);
}
