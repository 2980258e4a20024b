using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security;

public sealed class SignInRevalidationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MayStay_RevokedOrNobody_IsFalse()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        var page = await AuthorizationTests.PrincipalAsync(host, "vera");
        using var revalidation = ActivatorUtilities.CreateInstance<SignInRevalidation>(host.Services);

        var before = await revalidation.MayStayAsync(page, Cancellation);
        await host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);

        Assert.True(before);
        Assert.False(await revalidation.MayStayAsync(page, Cancellation));
        Assert.False(await revalidation.MayStayAsync(new ClaimsPrincipal(), Cancellation));
    }

    [Fact]
    public async Task MayStay_DatabaseBroken_KeepsThePageThatCanStopJson()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("olga", Roles.Operator, Cancellation);
        var page = await AuthorizationTests.PrincipalAsync(host, "olga");
        using var revalidation = ActivatorUtilities.CreateInstance<SignInRevalidation>(host.Services);
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "trial.db"), new string('x', 100_000), Cancellation);

        Assert.True(await revalidation.MayStayAsync(page, Cancellation));
    }
}
