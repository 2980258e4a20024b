using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Core.Recovery.Restores;

/// <summary>Ends all sign-ins in a restored database, and takes away again what was taken away after the
/// backup.</summary>
internal static class RestoredAccess
{
    /// <param name="history">The file of access changes.</param>
    /// <param name="decisions">Decisions of the journal that the backup does not have.</param>
    /// <param name="isVouchedFor">Whether file or journal tells of every change since the backup.</param>
    public static async Task<AccessAfterRestore> ApplyAsync(
        RolloutDb db,
        AccessHistory history,
        IReadOnlyList<DecisionRecord> decisions,
        bool isVouchedFor,
        CancellationToken cancellationToken
    )
    {
        var (kept, withoutPassword, notVouchedFor) = (new List<string>(), new List<string>(), new List<string>());
        var (noted, decided) = (history.Latest(), DecidedAccess.Of(decisions));
        var users = await db
            .Users.AsTracking()
            .OrderBy(row => row.UserName)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var user in users)
        {
            var name = user.UserName ?? user.Id;
            user.SecurityStamp = Guid.NewGuid().ToString("N");
            var (note, decision) = (noted.GetValueOrDefault(user.Id), decided.GetValueOrDefault(name));
            if (await TakeAwayAsync(db, user, note, decision, cancellationToken).ConfigureAwait(false))
            {
                kept.Add(name);
            }

            if (DropPassword(user, note, decision))
            {
                withoutPassword.Add(name);
            }

            if (!isVouchedFor && !user.IsRevoked && user.PasswordHash is not null)
            {
                notVouchedFor.Add(name);
            }
        }

        return new AccessAfterRestore(kept, withoutPassword, Missing(users, decided), notVouchedFor);
    }

    private static List<string> Missing(
        IEnumerable<DashboardUser> users,
        IReadOnlyDictionary<string, DecidedAccess> decided
    )
    {
        var present = users.Select(user => user.UserName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. decided.Where(one => one.Value.IsRevoked == false && !present.Contains(one.Key)).Select(one => one.Key),
        ];
    }

    private static async Task<bool> TakeAwayAsync(
        RolloutDb db,
        DashboardUser user,
        AccessChange? note,
        DecidedAccess? decision,
        CancellationToken cancellationToken
    )
    {
        var hasChanged = Revoke(user, note, decision);
        if (
            Lower(note?.Role, decision?.Role) is { } role
            && await GiveAsync(db, user.Id, role, cancellationToken).ConfigureAwait(false)
        )
        {
            hasChanged = true;
        }

        return hasChanged;
    }

    // The two agree unless one of them lost a line; what takes access away then counts.
    private static bool Revoke(DashboardUser user, AccessChange? note, DecidedAccess? decision)
    {
        var before = user.IsRevoked;
        if (note is not null || decision?.IsRevoked is not null)
        {
            user.IsRevoked = note?.IsRevoked == true || decision?.IsRevoked == true;
        }

        return user.IsRevoked != before;
    }

    private static string? Lower(string? first, string? second) =>
        first is null || second is null ? first ?? second : Roles.All.First(role => role == first || role == second);

    private static bool DropPassword(DashboardUser user, AccessChange? note, DecidedAccess? decision)
    {
        var isOld = note?.PasswordMark is { } mark
            ? mark != AccessChange.MarkOf(user.PasswordHash)
            : decision?.MayHaveNewPassword == true;
        if (user.PasswordHash is null || !isOld)
        {
            return false;
        }

        user.PasswordHash = null;
        return true;
    }

    private static async Task<bool> GiveAsync(
        RolloutDb db,
        string userId,
        string roleName,
        CancellationToken cancellationToken
    )
    {
        var role = await db
            .Roles.FirstOrDefaultAsync(row => row.Name == roleName, cancellationToken)
            .ConfigureAwait(false);
        if (role is null)
        {
            role = new IdentityRole(roleName) { NormalizedName = roleName.ToUpperInvariant() };
            db.Roles.Add(role);
        }

        var held = await db
            .UserRoles.AsTracking()
            .Where(row => row.UserId == userId)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
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
