using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Alerts;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Links;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security.Users;

public sealed class ReservedNamesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("system")]
    [InlineData("System")]
    [InlineData(" SYSTEM ")]
    [InlineData("5ystem")]
    [InlineData("sys-tem")]
    [InlineData("s.y.s.t.e.m")]
    [InlineData("\uFF53\uFF59\uFF53\uFF54\uFF45\uFF4D")]
    [InlineData("\u0455ystem")]
    [InlineData("sys\u200Btem")]
    [InlineData("vera\u202E")]
    [InlineData("ver\u00ADa")]
    [InlineData("command-line")]
    [InlineData("the_loop")]
    [InlineData("l00p")]
    [InlineData("stop-json")]
    [InlineData("St0pJson")]
    [InlineData("nobody")]
    public void Problem_NameOfTheDashboardsOwnOrOneThatLooksLikeIt_IsSaid(string name) =>
        Assert.NotNull(ReservedNames.Problem(name));

    [Fact]
    public void Problem_KeyOfAnAlertRule_IsSaid() =>
        Assert.All(AlertRuleList.All, rule => Assert.NotNull(ReservedNames.Problem(rule.Key)));

    [Theory]
    [InlineData("vera")]
    [InlineData("lead")]
    [InlineData("systems-team")]
    [InlineData("admin")]
    [InlineData("o.looper@example.org")]
    public void Problem_NameOfAPerson_IsNone(string name) => Assert.Null(ReservedNames.Problem(name));

    [Fact]
    public async Task CreateUser_NameOfTheDashboardsOwn_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);

        var change = await host
            .Services.GetRequiredService<CreateUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "System", Roles.Viewer, Cancellation);

        Assert.False(change.Succeeded);
        Assert.Contains("under which the dashboard itself acts", change.Problem, StringComparison.Ordinal);
        Assert.Empty(await host.Services.GetRequiredService<ListUsers>().ExecuteAsync(Cancellation));
    }

    [Fact]
    public async Task FirstLink_NameOfTheDashboardsOwn_IsRefusedAndTheLinkStaysUsable()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        var link = new SignInLink(
            LinkPurpose.FirstAdministrator,
            null,
            host.Time.GetUtcNow() + SignInLink.ConsoleLife,
            LocalOnly: true
        );
        var token = await host.Links.IssueAsync(link, Cancellation);
        var accept = host.Services.GetRequiredService<AcceptSignInLink>();

        var refused = await accept.ExecuteAsync(token, "5ystem", SecurityHost.Password, Cancellation);
        var accepted = await accept.ExecuteAsync(token, "lead", SecurityHost.Password, Cancellation);

        Assert.True(refused is { User: null, LinkIsDead: false });
        Assert.NotNull(accepted.User);
    }
}
