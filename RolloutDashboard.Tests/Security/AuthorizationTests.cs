using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security;

public sealed class AuthorizationTests
{
    private static readonly Dictionary<string, string> NoFields = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_NotSignedIn_LeadsToSignInAndBack()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.GetAsync("/", Cancellation);

        Assert.Equal("/account/signin?returnUrl=%2F", answer.Headers.Location?.PathAndQuery);
    }

    [Theory]
    [InlineData("/trial/operate")]
    [InlineData("/nothing/here")]
    public async Task Request_NotSignedIn_IsRefused(string path)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.PostAsync(path, NoFields, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(Roles.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Analyst, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Operator, HttpStatusCode.OK)]
    [InlineData(Roles.Administrator, HttpStatusCode.OK)]
    public async Task OperatorRequest_MadeDirectly_IsJudgedByRole(string role, HttpStatusCode expected)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("somebody", role, Cancellation);

        using var answer = await visitor.PostAsync("/trial/operate", NoFields, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Request_RevokedAMomentAgo_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("olga", Roles.Operator, Cancellation);

        await host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "olga", null, Cancellation);
        using var action = await visitor.PostAsync("/trial/operate", NoFields, Cancellation);
        using var page = await visitor.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, action.StatusCode);
        Assert.Equal("/account/denied?returnUrl=%2F", page.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task Request_RevokedAMinuteAgo_IsNoLongerSignedIn()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("olga", Roles.Operator, Cancellation);

        await host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "olga", null, Cancellation);
        host.Time.Advance(TimeSpan.FromSeconds(61));
        using var page = await visitor.GetAsync("/", Cancellation);

        Assert.StartsWith("/account/signin", page.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_StillAllowedAfterAMinute_KeepsItsSignIn()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("olga", Roles.Operator, Cancellation);

        host.Time.Advance(TimeSpan.FromSeconds(61));
        using var renewed = await visitor.GetAsync("/", Cancellation);
        using var socket = await visitor.ConnectAsync(null, Cancellation);
        using var signedOut = await visitor.SubmitAsync("/account/signout", NoFields, Cancellation);

        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        await SocketEnd.WaitAsync(socket, Cancellation);
    }

    [Fact]
    public async Task Authorize_RoleLowered_RefusesTheOpenPage()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("olga", Roles.Operator, Cancellation);
        var page = await PrincipalAsync(host, "olga");

        await host
            .Services.GetRequiredService<ChangeUserRole>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "olga", Roles.Viewer, null, Cancellation);
        var signedInAgain = await PrincipalAsync(host, "olga");

        Assert.Null(await Commands(host).AuthorizeAsync(page, Roles.Viewer, Cancellation));
        Assert.Null(await Commands(host).AuthorizeAsync(signedInAgain, Roles.Operator, Cancellation));
        Assert.Equal(
            Roles.Viewer,
            (await Commands(host).AuthorizeAsync(signedInAgain, Roles.Viewer, Cancellation))?.Role
        );
    }

    [Fact]
    public async Task Authorize_ForgedOrEmptySignIn_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        var real = await PrincipalAsync(host, "lead");
        var withoutStamp = new ClaimsPrincipal(
            new ClaimsIdentity(real.Claims.Where(claim => claim.Type != "AspNet.Identity.SecurityStamp"), "forged")
        );
        var unauthenticated = new ClaimsPrincipal(new ClaimsIdentity(real.Claims));

        Assert.NotNull(await Commands(host).AuthorizeAsync(real, Roles.Administrator, Cancellation));
        Assert.Null(await Commands(host).AuthorizeAsync(withoutStamp, Roles.Viewer, Cancellation));
        Assert.Null(await Commands(host).AuthorizeAsync(unauthenticated, Roles.Viewer, Cancellation));
        Assert.Null(await Commands(host).AuthorizeAsync(new ClaimsPrincipal(), Roles.Viewer, Cancellation));
        Assert.Null(await Commands(host).AuthorizeAsync(real, "Emperor", Cancellation));
    }

    [Fact]
    public async Task Authorize_SomebodyGuessesTheirPassword_DoesNotStopAnOperatorWhoIsSignedIn()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("olga", Roles.Operator, Cancellation);
        var page = await PrincipalAsync(host, "olga");
        using var attacker = host.Visit();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await attacker.SignInAsync("olga", "not the right words", Cancellation);
        }

        Assert.NotNull(
            (await host.Services.GetRequiredService<ListUsers>().ExecuteAsync(Cancellation)).Single().LockedUntil
        );
        Assert.NotNull(await Commands(host).AuthorizeAsync(page, Roles.Operator, Cancellation));
    }

    [Fact]
    public async Task Authorize_LockedByHand_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("olga", Roles.Operator, Cancellation);
        var page = await PrincipalAsync(host, "olga");
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<DashboardUser>>();
            var user = await users.FindByNameAsync("olga");
            await users.SetLockoutEndDateAsync(user!, host.Time.GetUtcNow().AddDays(1));
        }

        Assert.Null(await Commands(host).AuthorizeAsync(page, Roles.Viewer, Cancellation));
    }

    [Theory]
    [InlineData(Roles.Operator, true)]
    [InlineData(Roles.Analyst, false)]
    public async Task AuthorizeStop_DatabaseBroken_DecidesByTheSignIn(string role, bool allowed)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("olga", role, Cancellation);
        var page = await PrincipalAsync(host, "olga");
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "trial.db"), new string('x', 100_000), Cancellation);

        var user = await Commands(host).AuthorizeStopAsync(page, Cancellation);

        Assert.Equal(allowed, user is not null);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            Commands(host).AuthorizeAsync(page, Roles.Viewer, Cancellation)
        );
    }

    [Theory]
    [InlineData(Roles.Viewer, Roles.Operator, false)]
    [InlineData(Roles.Operator, Roles.Operator, true)]
    [InlineData(Roles.Administrator, Roles.Viewer, true)]
    public async Task Policy_ForAPartOfAPage_GoesByTheSignIn(string held, string needed, bool allowed)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("somebody", held, Cancellation);
        var page = await PrincipalAsync(host, "somebody");
        await using var scope = host.Services.CreateAsyncScope();

        var result = await scope
            .ServiceProvider.GetRequiredService<IAuthorizationService>()
            .AuthorizeAsync(page, null, needed);

        Assert.Equal(allowed, result.Succeeded);
    }

    internal static async Task<ClaimsPrincipal> PrincipalAsync(SecurityHost host, string name)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<DashboardUser>>();
        var user = await signIn.UserManager.FindByNameAsync(name);
        return await signIn.CreateUserPrincipalAsync(user!);
    }

    private static CommandAuthorization Commands(SecurityHost host) =>
        host.Services.GetRequiredService<CommandAuthorization>();
}
