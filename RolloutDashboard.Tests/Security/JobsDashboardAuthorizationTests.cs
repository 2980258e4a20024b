using System.Security.Claims;
using Hangfire;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Tests.Security;

public sealed class JobsDashboardAuthorizationTests
{
    [Theory]
    [InlineData(Roles.Viewer, false)]
    [InlineData(Roles.Analyst, false)]
    [InlineData(Roles.Operator, true)]
    [InlineData(Roles.Administrator, true)]
    [InlineData(null, false)]
    public void Authorize_ByRole_LetsOperatorsLook(string? role, bool allowed)
    {
        var person = role is null
            ? new ClaimsPrincipal(new ClaimsIdentity())
            : new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "trial"));

        Assert.Equal(allowed, new JobsDashboardAuthorization().Authorize(Context(person)));
    }

    [Fact]
    public void Options_ForAnAdministrator_AreReadOnly()
    {
        var person = new ClaimsPrincipal(
            new ClaimsIdentity([new Claim(ClaimTypes.Role, Roles.Administrator)], "trial")
        );

        Assert.True(JobsDashboardAuthorization.Options().IsReadOnlyFunc(Context(person)));
    }

    private static AspNetCoreDashboardContext Context(ClaimsPrincipal person)
    {
        var services = new ServiceCollection().AddSingleton<JobStorage>(new InMemoryStorage()).BuildServiceProvider();
        return new AspNetCoreDashboardContext(
            new InMemoryStorage(),
            new DashboardOptions(),
            new DefaultHttpContext { User = person, RequestServices = services }
        );
    }
}
