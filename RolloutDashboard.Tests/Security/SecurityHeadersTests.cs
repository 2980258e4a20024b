using System.Net;
using Microsoft.AspNetCore.Http;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;

namespace RolloutDashboard.Tests.Security;

public sealed class SecurityHeadersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/account/signin", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/account/first?token=wrong", HttpStatusCode.Gone)]
    public async Task Answer_OfAnyKind_CarriesTheHeaders(string path, HttpStatusCode status)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.GetAsync(path, Cancellation);

        Assert.Equal(status, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains($"ws://{host.Address.Authority}", policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/account/signin")]
    [InlineData("/account/signout")]
    [InlineData("/account/denied")]
    public async Task AccountPage_UnderItsOwnPolicy_HasNoInlineScript(string path)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);

        using var answer = await visitor.GetAsync(path, Cancellation);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("<h1>", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotMatch("\\son[a-z]+=", page);
    }

    [Theory]
    [InlineData("evil.example; script-src *")]
    [InlineData("a b")]
    public void Policy_HostWithStrangeLetters_DoesNotRepeatIt(string host)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString(host);

        Assert.DoesNotContain(host, SecurityHeaders.ContentSecurityPolicy(request));
    }
}
