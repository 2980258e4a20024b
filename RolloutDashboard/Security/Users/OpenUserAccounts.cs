using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security.Users;

/// <summary>The user store, open for one use case.</summary>
public sealed class OpenUserAccounts(
    UserManager<DashboardUser> users,
    RoleManager<IdentityRole> roles,
    RolloutDb database
)
{
    public UserManager<DashboardUser> Users { get; } = users;

    public RolloutDb Database { get; } = database;

    /// <summary>Gives a user exactly one role.</summary>
    public async Task<IdentityResult> SetRoleAsync(DashboardUser user, string role)
    {
        if (
            !await roles.RoleExistsAsync(role)
            && await roles.CreateAsync(new IdentityRole(role)) is { Succeeded: false } failed
        )
        {
            return failed;
        }

        var held = await Users.GetRolesAsync(user);
        var removed = await Users.RemoveFromRolesAsync(user, held.Where(name => name != role));
        return !removed.Succeeded || held.Contains(role) ? removed : await Users.AddToRoleAsync(user, role);
    }

    /// <summary>Whether an actor of this database is an administrator at this moment; the command line, which has no
    /// row, always is.</summary>
    public async Task<bool> IsStillAdministratorAsync(AuthorizedUser actor, CancellationToken cancellationToken) =>
        actor == AuthorizedUser.CommandLine
        || await (
            from membership in Database.UserRoles
            join role in Database.Roles on membership.RoleId equals role.Id
            join row in Database.Users on membership.UserId equals row.Id
            where row.Id == actor.Id && !row.IsRevoked && role.Name == Roles.Administrator
            select row.Id
        ).AnyAsync(cancellationToken);

    /// <summary>Whether the user is the only administrator who can still sign in.</summary>
    public async Task<bool> IsLastAdministratorAsync(DashboardUser user, CancellationToken cancellationToken)
    {
        var active = await (
            from membership in Database.UserRoles
            join role in Database.Roles on membership.RoleId equals role.Id
            join row in Database.Users on membership.UserId equals row.Id
            where role.Name == Roles.Administrator && !row.IsRevoked && row.PasswordHash != null
            select row.Id
        ).ToListAsync(cancellationToken);
        return active.Count == 1 && active[0] == user.Id;
    }
}
