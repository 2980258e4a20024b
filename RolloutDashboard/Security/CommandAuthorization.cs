using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Security;

/// <summary>Asks the database, at the moment of a command, whether a signed-in person may still act.</summary>
public sealed class CommandAuthorization(
    IDbContextFactory<RolloutDb> databases,
    IOptions<IdentityOptions> identity,
    TimeProvider time)
{
    /// <summary>
    /// The person, or null when the command must be refused: not signed in, unknown, revoked, locked by hand,
    /// signed in before the security stamp changed, or a role below <paramref name="role"/>.
    /// </summary>
    public async Task<AuthorizedUser?> AuthorizeAsync(ClaimsPrincipal person, string role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var claims = identity.Value.ClaimsIdentity;
        var id = person.Identity?.IsAuthenticated == true ? person.FindFirstValue(claims.UserIdClaimType) : null;
        if (id is null)
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var user = await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (user is null || !IsStillSignedIn(user, person.FindFirstValue(claims.SecurityStampClaimType)))
        {
            return null;
        }

        var held = await RoleNamesOf(database, id).ToListAsync(cancellationToken);
        return RoleOrder.Highest(held) is { } highest && RoleOrder.Includes(highest, role)
            ? new AuthorizedUser(id, user.UserName ?? id, highest)
            : null;
    }

    private bool IsStillSignedIn(DashboardUser user, string? stamp) =>
        !user.IsRevoked
        && !IsLockedByHand(user)
        && stamp is not null
        && string.Equals(stamp, user.SecurityStamp, StringComparison.Ordinal);

    // Wrong passwords lock the sign-in page for a short span only. If that also stopped people who are signed in,
    // anyone who reaches the page could take the rollback away from an operator.
    private bool IsLockedByHand(DashboardUser user) =>
        user.LockoutEnd is { } end && end > time.GetUtcNow() + identity.Value.Lockout.DefaultLockoutTimeSpan;

    private static IQueryable<string> RoleNamesOf(RolloutDb database, string userId) =>
        from membership in database.UserRoles
        join role in database.Roles on membership.RoleId equals role.Id
        where membership.UserId == userId && role.Name != null
        select role.Name;
}
