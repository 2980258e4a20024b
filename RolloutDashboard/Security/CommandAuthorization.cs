using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Security;

/// <summary>Asks the database, at the moment of a command, whether a signed-in person may still act.</summary>
public sealed class CommandAuthorization(
    IDbContextFactory<RolloutDb> databases,
    IOptions<IdentityOptions> identity,
    TimeProvider time,
    ILogger<CommandAuthorization> logger
)
{
    /// <summary>How long the database may take to answer before a stop goes on without it.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The person, or null when the command must be refused: not signed in, unknown, revoked, locked by hand,
    /// signed in before the security stamp changed, or a role below <paramref name="role"/>.
    /// </summary>
    public async Task<AuthorizedUser?> AuthorizeAsync(
        ClaimsPrincipal person,
        string role,
        CancellationToken cancellationToken
    )
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

    /// <summary>
    /// As <see cref="AuthorizeAsync"/> for an operator, for switching JSON off and nothing else: a stop goes in the
    /// safe direction, so a database that can't answer does not prevent it; the sign-in's own claims decide then.
    /// </summary>
    public async Task<AuthorizedUser?> AuthorizeStopAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        try
        {
            // On a thread of its own, since SQLite waits for a lock without giving the thread back.
            return await Task.Run(() => AuthorizeAsync(person, Roles.Operator, cancellationToken), cancellationToken)
                .WaitAsync(StopPatience, time, cancellationToken);
        }
        catch (Exception silent) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(
                silent,
                "The database could not say whether {User} may stop JSON; their sign-in decides",
                person.Identity?.Name
            );
            return ByClaims(person);
        }
    }

    private AuthorizedUser? ByClaims(ClaimsPrincipal person) =>
        person.Identity?.IsAuthenticated == true
        && person.FindFirstValue(identity.Value.ClaimsIdentity.UserIdClaimType) is { } id
        && RoleOrder.Highest(person) is { } role
        && RoleOrder.Includes(role, Roles.Operator)
            ? new AuthorizedUser(id, person.Identity.Name ?? id, role)
            : null;

    private bool IsStillSignedIn(DashboardUser user, string? stamp) =>
        !user.IsRevoked
        && !IsLockedByHand(user)
        && stamp is not null
        && string.Equals(stamp, user.SecurityStamp, StringComparison.Ordinal);

    // Wrong passwords lock the sign-in page for a short span only. If that also stopped people who are signed in,
    // anyone who reaches the page could take the rollback away from an operator.
    private bool IsLockedByHand(DashboardUser user) =>
        user.LockoutEnd is { } end && end > time.GetUtcNow() + (2 * identity.Value.Lockout.DefaultLockoutTimeSpan);

    private static IQueryable<string> RoleNamesOf(RolloutDb database, string userId) =>
        from membership in database.UserRoles
        join role in database.Roles on membership.RoleId equals role.Id
        where membership.UserId == userId && role.Name != null
        select role.Name;
}
