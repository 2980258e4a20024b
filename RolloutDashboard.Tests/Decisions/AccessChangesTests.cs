using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Tests.Recovery;

namespace RolloutDashboard.Tests.Decisions;

public sealed class AccessChangesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restore_RevokedAndLoweredAfterTheBackup_StayRevokedAndLowered()
    {
        await using var house = await RecoveryHouse.OpenAsync(Token);
        await house.ReadAsync(db =>
        {
            db.Roles.Add(
                new IdentityRole(Roles.Administrator) { Id = "administrator", NormalizedName = "ADMINISTRATOR" }
            );
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

        var result = await house
            .Get<RestoreDatabase>()
            .ExecuteAsync(new RestoreRequest("ann", "a bad import", IsDamaged: false), Token);

        var users = await house.ReadAsync(db =>
            db.Users.OrderBy(user => user.UserName).Select(user => user.IsRevoked).ToListAsync(Token)
        );
        var held = await HeldRolesAsync(house);
        Assert.Equal([false, false, true], users);
        Assert.Equal([Roles.Administrator, Roles.Viewer, Roles.Administrator], held);
        Assert.Contains("ben, eve", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_FileOfAccessChangesIsGone_TheJournalKnowsWhatWasTakenAway()
    {
        await using var house = await WithUsersAsync("ann", "ben", "eve", "joe");
        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);
        await DecideAsync(
            house,
            "user-role",
            new
            {
                user = "Ben",
                role = Roles.Viewer,
                before = Roles.Administrator,
            }
        );
        await DecideAsync(house, "user-revoked", new { user = "eve" });
        await DecideAsync(house, "sign-in-link", new { user = "joe" });
        await DecideAsync(house, "user-added", new { user = "new", role = Roles.Operator });
        await DecideAsync(house, "user-revoked", "not an object");

        var result = await house
            .Get<RestoreDatabase>()
            .ExecuteAsync(new RestoreRequest("ann", "a bad import", IsDamaged: false), Token);

        Assert.Equal(
            ["ann Administrator hash", "ben Viewer hash", "eve Administrator hash revoked", "joe Administrator"],
            await AccessAsync(house)
        );
        Assert.Contains("stays changed: ben, eve.", result.Text, StringComparison.Ordinal);
        Assert.Contains("need a new sign-in link: joe.", result.Text, StringComparison.Ordinal);
        Assert.Contains("are missing; add them again: new.", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Look through", result.Text, StringComparison.Ordinal);
        Assert.Empty(await house.FaultsAsync(Token));
    }

    [Fact]
    public async Task Restore_PasswordChosenAfterTheBackup_TheOldOneDoesNotComeBack()
    {
        await using var house = await WithUsersAsync("ann", "ben");
        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);
        var changes = house.Get<AccessChanges>();
        changes.Note(
            new AccessChange(DateTimeOffset.UnixEpoch, "ann", "ann", "ann", false, null)
            {
                PasswordMark = AccessChange.MarkOf("hash"),
            }
        );
        changes.Note(
            new AccessChange(DateTimeOffset.UnixEpoch, "ben", "ben", "ben", false, null)
            {
                PasswordMark = AccessChange.MarkOf("a later hash"),
            }
        );

        var result = await house
            .Get<RestoreDatabase>()
            .ExecuteAsync(new RestoreRequest("ann", "a bad import", IsDamaged: false), Token);

        Assert.Equal(["ann Administrator hash", "ben Administrator"], await AccessAsync(house));
        Assert.Contains("need a new sign-in link: ben.", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restore_NeitherFileNorJournalReachesBeyondTheBackup_NamesThoseWhoMaySignIn(bool hasDamagedFile)
    {
        await using var house = await WithUsersAsync("ann", "eve");
        await house.Get<BackUpDatabase>().ExecuteAsync("manual", Token);
        await DecideAsync(house, "user-revoked", new { user = "eve" });
        File.Delete(house.Data.Journal);
        house.SpoilDatabase();
        if (hasDamagedFile)
        {
            house
                .Get<AccessChanges>()
                .Note(new AccessChange(DateTimeOffset.UnixEpoch, "ann", "ann", "ann", false, null));
            File.AppendAllText(house.Data.AccessChanges, "{\"spoilt\n");
            house
                .Get<AccessChanges>()
                .Note(new AccessChange(DateTimeOffset.UnixEpoch, "ann", "ann", "ann", false, null));
        }

        var result = await house
            .Get<RestoreDatabase>()
            .ExecuteAsync(new RestoreRequest("ann", "damage", IsDamaged: true), Token);

        Assert.Contains("Look through these users, who may sign in: ann, eve.", result.Text, StringComparison.Ordinal);
        Assert.Contains("all sign-ins are ended", result.Text, StringComparison.Ordinal);
        Assert.NotEqual(
            ["stamp", "stamp"],
            await house.ReadAsync(db => db.Users.Select(user => user.SecurityStamp).ToListAsync(Token))
        );
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

    private static async Task<RecoveryHouse> WithUsersAsync(params string[] names)
    {
        var house = await RecoveryHouse.OpenAsync(Token);
        await house.ReadAsync(db =>
        {
            db.Roles.Add(
                new IdentityRole(Roles.Administrator) { Id = "administrator", NormalizedName = "ADMINISTRATOR" }
            );
            foreach (var name in names)
            {
                db.Users.Add(
                    new DashboardUser
                    {
                        Id = name,
                        UserName = name,
                        PasswordHash = "hash",
                        SecurityStamp = "stamp",
                    }
                );
                db.UserRoles.Add(new IdentityUserRole<string> { UserId = name, RoleId = "administrator" });
            }

            return db.SaveChangesAsync(Token);
        });
        return house;
    }

    private static async Task DecideAsync(RecoveryHouse house, string kind, object inputs)
    {
        var transitions = house.Get<Transitions>();
        await house.ReadAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            await transitions.AppendAsync(
                db,
                await db.Rollouts.MaxAsync(row => row.Id, Token),
                new DecisionDraft(kind, "ann", "as scripted", null, inputs),
                Token
            );
            await db.SaveChangesAsync(Token);
            await transaction.CommitAsync(Token);
            return true;
        });
        await transitions.WriteJournalAsync();
    }

    private static Task<List<string?>> HeldRolesAsync(RecoveryHouse house) =>
        house.ReadAsync(db =>
            (
                from user in db.UserRoles
                join role in db.Roles on user.RoleId equals role.Id
                orderby user.UserId
                select role.Name
            ).ToListAsync(Token)
        );

    private static Task<List<string>> AccessAsync(RecoveryHouse house) =>
        house.ReadAsync(async db =>
            (
                await (
                    from user in db.Users
                    join held in db.UserRoles on user.Id equals held.UserId
                    join role in db.Roles on held.RoleId equals role.Id
                    orderby user.UserName
                    select new
                    {
                        user.UserName,
                        Role = role.Name,
                        user.PasswordHash,
                        user.IsRevoked,
                    }
                ).ToListAsync(Token)
            ).ConvertAll(row =>
                $"{row.UserName} {row.Role} {row.PasswordHash}{(row.IsRevoked ? " revoked" : "")}".TrimEnd()
            )
        );
}
