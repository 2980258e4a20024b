using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security.Users;

/// <summary>Adds a user without a password; a link from <see cref="IssueSignInLink"/> lets that person choose one.</summary>
public sealed class CreateUser(UserAccounts accounts, ILogger<CreateUser> logger)
{
    public Task<UserChange> ExecuteAsync(AuthorizedUser actor, string userName, string role, CancellationToken cancellationToken) =>
        accounts.ChangeAsync(actor, async open =>
        {
            if (!Roles.All.Contains(role))
            {
                return UserChange.Refused($"There is no role '{role}'. Roles: {string.Join(", ", Roles.All)}.");
            }

            var user = new DashboardUser { UserName = userName };
            await using var transaction = await open.Database.Database.BeginTransactionAsync(cancellationToken);
            var created = await open.Users.CreateAsync(user);
            var result = created.Succeeded ? await open.SetRoleAsync(user, role) : created;
            if (result.Succeeded)
            {
                await transaction.CommitAsync(cancellationToken);
                logger.LogInformation("{Actor} added {User} as {Role}", actor.Name, userName, role);
            }

            return UserChange.From(result);
        }, cancellationToken);
}
