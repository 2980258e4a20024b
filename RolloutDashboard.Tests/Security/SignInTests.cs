using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Storage.Entities;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.SignIn;
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
            new Dictionary<string, string>
            {
                ["userName"] = "vera",
                ["password"] = SecurityHost.Password,
                ["returnUrl"] = "/iterations?level=3",
            },
            Cancellation
        );

        Assert.Equal("/iterations?level=3", answer.Headers.Location?.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value =>
            value.StartsWith("RolloutDashboard.SignIn", StringComparison.Ordinal)
        );
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
            new Dictionary<string, string>
            {
                ["userName"] = "vera",
                ["password"] = SecurityHost.Password,
                ["returnUrl"] = returnUrl,
            },
            Cancellation
        );

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
            Alert(await unknown.Content.ReadAsStringAsync(Cancellation))
        );
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("wrong")]
    [InlineData("locked")]
    [InlineData("revoked")]
    [InlineData("never activated")]
    [InlineData("too long")]
    [InlineData("no name")]
    public async Task SignIn_RefusedForAnyReason_CostsOneHashAndOneWait(string reason)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        using var visitor = host.Visit();
        await PrepareAsync(host, visitor, reason);
        var (hasher, waits) = (
            (CountedHasher)host.Services.GetRequiredService<IPasswordHasher<DashboardUser>>(),
            host.Services.GetRequiredService<RecordedWaits>()
        );
        var (hashes, waited) = (hasher.Verified, waits.Count);

        using var answer = await visitor.SignInAsync(
            reason switch
            {
                "unknown" => "nobody-known",
                "no name" => "",
                "never activated" => "newcomer",
                _ => "vera",
            },
            reason == "too long" ? new string('x', 300)
                : reason is "locked" or "revoked" ? SecurityHost.Password
                : "not the right words",
            Cancellation
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal((1, 1), (hasher.Verified - hashes, waits.Count - waited));
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(120, 380)]
    [InlineData(500, 500)]
    [InlineData(730, 270)]
    public void AnswerTime_WorkTookSo_WaitsForTheRestOfTheStep(int worked, int rest) =>
        Assert.Equal(TimeSpan.FromMilliseconds(rest), AnswerTime.Rest(TimeSpan.FromMilliseconds(worked)));

    [Fact]
    public async Task SignIn_Refused_IsLoggedWithNameAddressAndCountAndWithoutThePassword()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        using var visitor = host.Visit();

        using var wrong = await visitor.SignInAsync("vera", "not the right words", Cancellation);
        using var forged = await visitor.SignInAsync("eve\nWarning", "not the right words", Cancellation);
        using var mistaken = await visitor.SignInAsync(SecurityHost.Password, "vera", Cancellation);

        string[] lines =
        [
            .. host
                .Log.Lines.Where(line => line.Contains("Sign-in refused", StringComparison.Ordinal))
                .Select(line => line.Trim()),
        ];
        Assert.Equal(
            [
                "Warning Sign-in refused for the known name \"vera\" from 127.0.0.1; refusal 1 of this address.",
                "Warning Sign-in refused for the unknown name \"eve\\nWarning\" from 127.0.0.1; refusal 2 of this address.",
                "Warning Sign-in refused for the unknown name \"sev...\" from 127.0.0.1; refusal 3 of this address.",
            ],
            lines
        );
        Assert.DoesNotContain("not the right words", host.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SecurityHost.Password, host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standing_OfAVisitorWhoseAccessEnds_SaysSo()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var stranger = host.Visit();
        using var vera = await host.SignedInAsync("vera", Roles.Viewer, Cancellation);

        using var unknown = await stranger.GetAsync("/account/standing", Cancellation);
        using var before = await vera.GetAsync("/account/standing", Cancellation);
        await host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);
        using var after = await vera.GetAsync("/account/standing", Cancellation);
        using var page = await vera.GetAsync("/account/ended?returnUrl=%2Fgates", Cancellation);
        using var elsewhere = await vera.GetAsync("/account/ended?returnUrl=%2F%2Felsewhere.example", Cancellation);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized),
            (unknown.StatusCode, before.StatusCode, after.StatusCode)
        );
        var words = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Your access has ended", words, StringComparison.Ordinal);
        Assert.Contains("href=\"/account/signin?returnUrl=%2Fgates\"", words, StringComparison.Ordinal);
        Assert.Contains(
            "href=\"/account/signin?returnUrl=%2F\"",
            await elsewhere.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal
        );
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
            path,
            new Dictionary<string, string> { ["userName"] = "vera", ["password"] = SecurityHost.Password },
            Cancellation
        );
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

        using var answer = await visitor.SubmitAsync(
            "/account/signout",
            new Dictionary<string, string>(),
            Cancellation
        );
        using var home = await visitor.GetAsync("/", Cancellation);

        Assert.Equal("/account/signin", answer.Headers.Location?.ToString());
        Assert.StartsWith("/account/signin", home.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_RevokedUser_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        await host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.SignInAsync("vera", SecurityHost.Password, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task SignInPage_TextFromTheVisitor_IsEncoded()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.SignInAsync(
            "\"><script>alert(1)</script>",
            "not the right words",
            Cancellation
        );

        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task PrepareAsync(SecurityHost host, Visitor visitor, string reason)
    {
        switch (reason)
        {
            case "locked":
                await using (var scope = host.Services.CreateAsyncScope())
                {
                    var users = scope.ServiceProvider.GetRequiredService<UserManager<DashboardUser>>();
                    await users.SetLockoutEndDateAsync((await users.FindByNameAsync("vera"))!, DateTimeOffset.MaxValue);
                }

                break;
            case "revoked":
                await host
                    .Services.GetRequiredService<RevokeUser>()
                    .ExecuteAsync(AuthorizedUser.CommandLine, "vera", null, Cancellation);
                break;
            case "never activated":
                await host
                    .Services.GetRequiredService<CreateUser>()
                    .ExecuteAsync(AuthorizedUser.CommandLine, "newcomer", Roles.Viewer, Cancellation);
                break;
            default:
                break;
        }

        // The first refusal makes the decoy's hash, whoever meets it.
        using var first = await visitor.SignInAsync("first-of-all", "not the right words", Cancellation);
    }

    private static string Alert(string page)
    {
        var start = page.IndexOf("role=\"alert\"", StringComparison.Ordinal);
        Assert.True(start >= 0, "The page says nothing.");
        return page[start..page.IndexOf("</p>", start, StringComparison.Ordinal)];
    }
}
