using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Core.Recovery;

/// <summary>Ends all sign-ins in a restored database, and takes away again what was taken away after the backup.</summary>
internal static class RestoredAccess
{
    /// <returns>Names of those whose access the backup had otherwise.</returns>
    public static async Task<IReadOnlyList<string>> ApplyAsync(RolloutDb db, IReadOnlyDictionary<string, AccessChange> latest, CancellationToken cancellationToken)
    {
        var corrected = new List<string>();
        foreach (var user in await db.Users.AsTracking().OrderBy(row => row.UserName).ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            user.SecurityStamp = Guid.NewGuid().ToString("N");
            if (!latest.TryGetValue(user.Id, out var access))
            {
                continue;
            }

            var differs = user.IsRevoked != access.IsRevoked;
            user.IsRevoked = access.IsRevoked;
            if ((access.Role is { } role && await GiveAsync(db, user.Id, role, cancellationToken).ConfigureAwait(false)) || differs)
            {
                corrected.Add(user.UserName ?? user.Id);
            }
        }

        return corrected;
    }

    private static async Task<bool> GiveAsync(RolloutDb db, string userId, string roleName, CancellationToken cancellationToken)
    {
        var role = await db.Roles.FirstOrDefaultAsync(row => row.Name == roleName, cancellationToken).ConfigureAwait(false);
        if (role is null)
        {
            role = new IdentityRole(roleName) { NormalizedName = roleName.ToUpperInvariant() };
            db.Roles.Add(role);
        }

        var held = await db.UserRoles.AsTracking().Where(row => row.UserId == userId).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (held is [var only] && only.RoleId == role.Id)
        {
            return false;
        }

        db.UserRoles.RemoveRange(held.Where(row => row.RoleId != role.Id));
        if (!held.Exists(row => row.RoleId == role.Id))
        {
            db.UserRoles.Add(new IdentityUserRole<string> { UserId = userId, RoleId = role.Id });
        }

        return true;
    }
}
