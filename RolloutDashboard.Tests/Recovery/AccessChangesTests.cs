using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;

namespace RolloutDashboard.Tests.Recovery;

public sealed class AccessChangesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_RevokedAndLoweredAfterTheBackup_StayRevokedAndLowered()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.ReadAsync(db =>
        {
            db.Roles.Add(new IdentityRole(Roles.Administrator) { Id = "administrator", NormalizedName = "ADMINISTRATOR" });
            foreach (var name in new[] { "ann", "ben", "eve" })
            {
                db.Users.Add(new DashboardUser { Id = name, UserName = name });
                db.UserRoles.Add(new IdentityUserRole<string> { UserId = name, RoleId = "administrator" });
            }

            return db.SaveChangesAsync(Token);
        });
        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);
        var changes = house.Get<AccessChanges>();
        changes.Note(new AccessChange(DateTimeOffset.UnixEpoch, "ben", "ben", "ann", false, Roles.Viewer));
        changes.Note(new AccessChange(DateTimeOffset.UnixEpoch, "eve", "eve", "ann", true, null));

        var result = await house.Get<RestoreDatabase>().ExecuteAsync(new RestoreRequest("ann", "a bad import", IsDamaged: false), Token);

        var users = await house.ReadAsync(db => db.Users.OrderBy(user => user.UserName).Select(user => user.IsRevoked).ToListAsync(Token));
        var held = await house.ReadAsync(db => (from user in db.UserRoles join role in db.Roles on user.RoleId equals role.Id orderby user.UserId select role.Name).ToListAsync(Token));
        Assert.Equal([false, false, true], users);
        Assert.Equal([Roles.Administrator, Roles.Viewer, Roles.Administrator], held);
        Assert.Contains("ben, eve", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Latest_ReinstatedWithAnotherRole_IsTheLastWord()
    {
        var data = new DataDirectory(Directory.CreateTempSubdirectory("rollout-access-").FullName);
        var changes = new AccessChanges(data);
        changes.Note(new AccessChange(DateTimeOffset.UnixEpoch, "eve", "eve", "ann", false, Roles.Operator));
        changes.Note(new AccessChange(DateTimeOffset.UnixEpoch, "eve", "eve", "ann", true, null));
        File.AppendAllText(data.AccessChanges, "{\"cut");

        Assert.Equal((true, Roles.Operator), (changes.Latest()["eve"].IsRevoked, changes.Latest()["eve"].Role));
        Directory.Delete(data.Path, recursive: true);
    }
}
