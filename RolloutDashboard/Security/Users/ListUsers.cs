using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Security.Users;

/// <summary>Lists everybody who may or might sign in, by name.</summary>
public sealed class ListUsers(IDbContextFactory<RolloutDb> databases)
{
    public async Task<IReadOnlyList<UserEntry>> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var users = await database.Users.AsNoTracking().OrderBy(user => user.UserName).ToListAsync(cancellationToken);
        var held = await (
            from membership in database.UserRoles
            join role in database.Roles on membership.RoleId equals role.Id
            select new { membership.UserId, role.Name }
        ).ToListAsync(cancellationToken);
        var roles = held.ToLookup(entry => entry.UserId, entry => entry.Name ?? "");
        return
        [
            .. users.Select(user => new UserEntry(
                user.UserName ?? user.Id,
                RoleOrder.Highest(roles[user.Id]),
                user.IsRevoked,
                user.PasswordHash is not null,
                user.LockoutEnd
            )),
        ];
    }
}
