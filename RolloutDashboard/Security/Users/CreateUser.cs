using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security.Users;

/// <summary>Adds a user without a password; a link from <see cref="IssueSignInLink"/> lets that person choose
/// one.</summary>
public sealed class CreateUser(UserAccounts accounts, ILogger<CreateUser> logger)
{
    public async Task<UserChange> ExecuteAsync(
        AuthorizedUser actor,
        string userName,
        string role,
        CancellationToken cancellationToken
    )
    {
        var change = await accounts.ChangeAsync(
            actor,
            open => CreateAsync(open, actor, userName, role),
            cancellationToken
        );
        if (change.Succeeded)
        {
            logger.LogInformation("{Actor} added {User} as {Role}", actor.Name, userName, role);
        }

        return change;
    }

    private static async Task<UserChange> CreateAsync(
        OpenUserAccounts open,
        AuthorizedUser actor,
        string userName,
        string role
    )
    {
        if (!Roles.All.Contains(role))
        {
            return UserChange.Refused($"There is no role '{role}'. Roles: {string.Join(", ", Roles.All)}.");
        }

        if (ReservedNames.Problem(userName) is { } problem)
        {
            return UserChange.Refused(problem);
        }

        var user = new DashboardUser { UserName = userName };
        var created = await open.Users.CreateAsync(user);
        var result = created.Succeeded ? await open.SetRoleAsync(user, role) : created;
        return UserChange.From(
            result,
            new DecisionDraft(
                "user-added",
                actor.Name,
                $"{userName} was added as {role}.",
                null,
                new { user = userName, role }
            )
        );
    }
}
