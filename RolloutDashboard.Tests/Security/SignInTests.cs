using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security;

public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_RightPassword_SetsAGuardedCookieAndReturns()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.SubmitAsync(
            "/account/signin",
            new Dictionary<string, string> { ["userName"] = "vera", ["password"] = SecurityHost.Password, ["returnUrl"] = "/iterations?level=3" },
            Cancellation);

        Assert.Equal("/iterations?level=3", answer.Headers.Location?.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("RolloutDashboard.SignIn", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.DoesNotContain("expires", cookie);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ReturnAddressElsewhere_ReturnsHome(string returnUrl)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.SubmitAsync(
            "/account/signin",
            new Dictionary<string, string> { ["userName"] = "vera", ["password"] = SecurityHost.Password, ["returnUrl"] = returnUrl },
            Cancellation);

        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task SignIn_FiveWrongPasswords_RefusesTheRightOneWithTheSameWords()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        using var visitor = host.Visit();
        var words = "";
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await visitor.SignInAsync("vera", "not the right words", Cancellation);
            words = Alert(await wrong.Content.ReadAsStringAsync(Cancellation));
        }

        using var right = await visitor.SignInAsync("vera", SecurityHost.Password, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        Assert.Equal(words, Alert(await right.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task SignIn_UnknownName_SaysTheSameAsAWrongPassword()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        using var visitor = host.Visit();

        using var wrong = await visitor.SignInAsync("vera", "not the right words", Cancellation);
        using var unknown = await visitor.SignInAsync("nobody", "not the right words", Cancellation);

        Assert.Equal(wrong.StatusCode, unknown.StatusCode);
        Assert.Equal(
            Alert(await wrong.Content.ReadAsStringAsync(Cancellation)),
            Alert(await unknown.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task SignIn_MoreThanTenAttemptsFromOneAddress_IsSlowedDown()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt <= SignInRateLimit.AttemptsPerMinute; attempt++)
        {
            using var answer = await visitor.SignInAsync($"guess{attempt}", "not the right words", Cancellation);
            statuses.Add(answer.StatusCode);
        }

        Assert.All(statuses.SkipLast(1), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Theory]
    [InlineData("/account/signin")]
    [InlineData("/account/signout")]
    [InlineData("/account/set-password")]
    public async Task Form_WithoutAntiforgeryToken_IsRefused(string path)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);

        using var answer = await visitor.PostAsync(
            path, new Dictionary<string, string> { ["userName"] = "vera", ["password"] = SecurityHost.Password }, Cancellation);
        using var home = await visitor.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task Form_TooLarge_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var small = await visitor.SignInAsync("vera", new string('x', 10_000), Cancellation);
        using var large = await visitor.SignInAsync("vera", new string('x', 20_000), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, small.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);
    }

    [Fact]
    public async Task SignOut_SignedIn_ForgetsTheVisitor()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);

        using var answer = await visitor.SubmitAsync("/account/signout", new Dictionary<string, string>(), Cancellation);
        using var home = await visitor.GetAsync("/", Cancellation);

        Assert.Equal("/account/signin", answer.Headers.Location?.ToString());
        Assert.StartsWith("/account/signin", home.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_RevokedUser_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        await host.Services.GetRequiredService<RevokeUser>().ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.SignInAsync("vera", SecurityHost.Password, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task SignInPage_TextFromTheVisitor_IsEncoded()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.SignInAsync("\"><script>alert(1)</script>", "not the right words", Cancellation);

        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static string Alert(string page)
    {
        var start = page.IndexOf("role=\"alert\"", StringComparison.Ordinal);
        Assert.True(start >= 0, "The page says nothing.");
        return page[start..page.IndexOf("</p>", start, StringComparison.Ordinal)];
    }
}
