using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security;

public sealed class UserUseCaseTests
{
    private static readonly AuthorizedUser Operator = new("7", "olga", Roles.Operator);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyChange_ByAnOperator_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);

        var changes = new[]
        {
            await Get<CreateUser>(host).ExecuteAsync(Operator, "mallory", Roles.Administrator, Cancellation),
            await Get<ChangeUserRole>(host).ExecuteAsync(Operator, "vera", Roles.Administrator, null, Cancellation),
            await Get<RevokeUser>(host).ExecuteAsync(Operator, "vera", null, Cancellation),
            await Get<ReinstateUser>(host).ExecuteAsync(Operator, "vera", null, Cancellation),
        };
        var issued = await Get<IssueSignInLink>(host).ExecuteAsync(Operator, "vera", Cancellation);

        Assert.All(changes, change => Assert.False(change.Succeeded));
        Assert.Null(issued.Token);
        var vera = Assert.Single(await Get<ListUsers>(host).ExecuteAsync(Cancellation));
        Assert.Equal(("vera", Roles.Viewer, false), (vera.Name, vera.Role, vera.IsRevoked));
    }

    [Fact]
    public async Task LastAdministrator_RevokedOrLowered_IsKept()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        await host.AddUserAsync("former", Roles.Administrator, Cancellation);

        var first = await Get<RevokeUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "former", null, Cancellation);
        var revoked = await Get<RevokeUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "lead", null, Cancellation);
        var lowered = await Get<ChangeUserRole>(host)
            .ExecuteAsync(AuthorizedUser.CommandLine, "lead", Roles.Viewer, null, Cancellation);

        Assert.True(first.Succeeded);
        Assert.False(revoked.Succeeded);
        Assert.False(lowered.Succeeded);
    }

    [Fact]
    public async Task LastAdministrator_AnotherOneOnlyInvited_IsKept()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        await Get<CreateUser>(host)
            .ExecuteAsync(AuthorizedUser.CommandLine, "invited", Roles.Administrator, Cancellation);

        var revoked = await Get<RevokeUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "lead", null, Cancellation);

        Assert.False(revoked.Succeeded);
    }

    [Fact]
    public async Task TwoAdministrators_RevokedAtOnce_OneIsKept()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        await host.AddUserAsync("deputy", Roles.Administrator, Cancellation);

        var changes = await Task.WhenAll(
            new[] { "lead", "deputy" }.Select(name =>
                Task.Run(
                    () => Get<RevokeUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, name, null, Cancellation),
                    Cancellation
                )
            )
        );

        Assert.Single(changes, change => change.Succeeded);
    }

    [Fact]
    public async Task CreateUser_NameTaken_SaysSoAndAddsNobody()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);

        var change = await Get<CreateUser>(host)
            .ExecuteAsync(AuthorizedUser.CommandLine, "Vera", Roles.Administrator, Cancellation);

        Assert.False(change.Succeeded);
        Assert.Contains("Vera", change.Problem);
        Assert.Equal(Roles.Viewer, Assert.Single(await Get<ListUsers>(host).ExecuteAsync(Cancellation)).Role);
    }

    [Fact]
    public async Task CreateUser_UnknownRole_AddsNobody()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);

        var change = await Get<CreateUser>(host)
            .ExecuteAsync(AuthorizedUser.CommandLine, "vera", "Emperor", Cancellation);

        Assert.False(change.Succeeded);
        Assert.Empty(await Get<ListUsers>(host).ExecuteAsync(Cancellation));
    }

    [Fact]
    public async Task Reinstate_RevokedUser_NeedsANewPassword()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        await Get<RevokeUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);

        await Get<ReinstateUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);
        using var visitor = host.Visit();
        using var answer = await visitor.SignInAsync("vera", SecurityHost.Password, Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.True(
            Assert.Single(await Get<ListUsers>(host).ExecuteAsync(Cancellation))
                is { IsRevoked: false, HasPassword: false }
        );
    }

    [Fact]
    public async Task Changes_AreDecisionRecordsWithActorAndReason_AndARefusedOneIsNot()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await AddRolloutAsync(host);

        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        await Get<CreateUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "vera", Roles.Viewer, Cancellation);
        await Get<ChangeUserRole>(host)
            .ExecuteAsync(AuthorizedUser.CommandLine, "vera", Roles.Operator, "on call from May on", Cancellation);
        await Get<IssueSignInLink>(host).ExecuteAsync(AuthorizedUser.CommandLine, "vera", Cancellation);
        await Get<RevokeUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "vera", "left the team", Cancellation);
        await Get<ReinstateUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "vera", "came back", Cancellation);
        await Get<RevokeUser>(host).ExecuteAsync(AuthorizedUser.CommandLine, "lead", "the last one", Cancellation);

        await using var after = host.Services.GetRequiredService<IDbContextFactory<RolloutDb>>().CreateDbContext();
        var decisions = await after.Decisions.OrderBy(row => row.Sequence).ToListAsync(Cancellation);
        Assert.Equal(
            [
                ("user-added", null),
                ("user-added", null),
                ("user-role", "on call from May on"),
                ("sign-in-link", null),
                ("user-revoked", "left the team"),
                ("user-reinstated", "came back"),
            ],
            decisions.Select(row => (row.Kind, row.Reason))
        );
        Assert.All(decisions, row => Assert.Equal(AuthorizedUser.CommandLine.Name, row.Actor));
        Assert.Empty(DecisionChain.Verify(decisions));
        Assert.Equal(7, (await after.Rollouts.SingleAsync(Cancellation)).StateVersion);
    }

    private static async Task AddRolloutAsync(SecurityHost host)
    {
        await using var database = host.Services.GetRequiredService<IDbContextFactory<RolloutDb>>().CreateDbContext();
        database.Rollouts.Add(
            new Rollout
            {
                Name = "trial",
                Stage = Stage.TemplateLibraryOnly,
                Attempt = 1,
                StateVersion = 7,
                CreatedAt = host.Time.GetUtcNow(),
                Salt = "salt",
            }
        );
        await database.SaveChangesAsync(Cancellation);
    }

    private static T Get<T>(SecurityHost host)
        where T : notnull => host.Services.GetRequiredService<T>();
}
