using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Core.Storage;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Links;
using RolloutDashboard.Security.SignIn;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security.Links;

public sealed class SignInLinkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstLink_NobodyExists_MakesAnAdministratorWhoIsSignedIn()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var opened = await visitor.UseLinkAsync(host.PrintedLink().PathAndQuery, Cancellation);
        using var chosen = await visitor.ChoosePasswordAsync("lead", SecurityHost.Password, Cancellation);
        using var home = await visitor.GetAsync("/", Cancellation);

        Assert.Equal("/account/set-password", opened.Headers.Location?.ToString());
        Assert.Equal("/", chosen.Headers.Location?.ToString());
        Assert.Equal("hello lead", await home.Content.ReadAsStringAsync(Cancellation));
        var entry = Assert.Single(await host.Services.GetRequiredService<ListUsers>().ExecuteAsync(Cancellation));
        Assert.Equal((Roles.Administrator, true), (entry.Role, entry.HasPassword));
    }

    [Fact]
    public async Task FirstLink_OpenedTwice_WorksOnce()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var first = host.Visit();
        using var second = host.Visit();
        var link = host.PrintedLink().PathAndQuery;

        using var opened = await first.UseLinkAsync(link, Cancellation);
        using var again = await second.UseLinkAsync(link, Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Empty(second.Cookies);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("new administrator")]
    [InlineData("invitation")]
    public async Task Link_LookedAtByOthersFirst_StillWorksForThePerson(string kind)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        var link = await LinkAsync(host, kind);
        using var preview = host.Visit();
        using var person = host.Visit();
        for (var look = 0; look < 3; look++)
        {
            using var got = await preview.GetAsync(link, Cancellation);
            using var head = await preview.SendAsync(HttpMethod.Head, link, ("Accept", "*/*"), Cancellation);

            Assert.Equal(HttpStatusCode.OK, got.StatusCode);
            Assert.Contains("no-store", got.Headers.CacheControl?.ToString());
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        }

        Assert.Null(preview.Cookies["RolloutDashboard.Link"]);
        using var opened = await person.UseLinkAsync(link, Cancellation);
        using var afterwards = await preview.GetAsync(link, Cancellation);

        Assert.Equal("/account/set-password", opened.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Gone, afterwards.StatusCode);
    }

    [Fact]
    public async Task Link_PostedWithoutTheFormsOwnToken_IsRefusedAndStaysUsable()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        var link = host.PrintedLink().PathAndQuery;
        using var forger = host.Visit();
        using var person = host.Visit();

        using var forged = await forger.PostAsync(
            "/account/first",
            new Dictionary<string, string> { ["token"] = link.Split('=')[1] },
            Cancellation
        );
        using var opened = await person.UseLinkAsync(link, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
    }

    [Fact]
    public async Task Invitation_ThreePeopleBehindOneAddress_MeetNoLimit()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        foreach (var name in new[] { "ann", "ben", "cem" })
        {
            await host.AddUserAsync(name, Roles.Viewer, Cancellation);
            var link = await IssueAsync(host, name);
            using var visitor = host.Visit();
            using var looked = await visitor.GetAsync(link, Cancellation);
            using var opened = await visitor.UseLinkAsync(link, Cancellation);
            using var typo = await visitor.ChoosePasswordAsync(name, "too short", Cancellation);
            using var chosen = await visitor.ChoosePasswordAsync(name, "another good sentence", Cancellation);

            Assert.Equal(
                (HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.Redirect),
                (looked.StatusCode, opened.StatusCode, typo.StatusCode, chosen.StatusCode)
            );
        }
    }

    [Fact]
    public async Task Link_MoreThanSixtyRequestsOfOneAddress_AreSlowedDownAndPasswordsAreNot()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("vera", Roles.Viewer, Cancellation);
        using var visitor = host.Visit();
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request <= LinkRateLimit.RequestsPerMinute; request++)
        {
            using var answer = await visitor.GetAsync("/account/link?token=wrong", Cancellation);
            statuses.Add(answer.StatusCode);
        }

        using var signedIn = await visitor.SignInAsync("vera", SecurityHost.Password, Cancellation);

        Assert.All(statuses.SkipLast(1), status => Assert.Equal(HttpStatusCode.Gone, status));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Contains(host.Log.Lines, line =>
            line.StartsWith("Warning Too many requests: GET", StringComparison.Ordinal)
            && line.Contains("127.0.0.1", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task FirstLink_OpenedByManyAtOnce_WorksForOne()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        var token = await host.Links.IssueAsync(Link(host, LinkPurpose.NewAdministrator), Cancellation);

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => host.Links.Take(token), Cancellation))
        );

        Assert.Single(taken, link => link is not null);
    }

    [Fact]
    public async Task FirstLink_PasswordChosenTwice_SecondIsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();
        using var opened = await visitor.UseLinkAsync(host.PrintedLink().PathAndQuery, Cancellation);
        var token = visitor.Cookies["RolloutDashboard.Link"]!.Value;
        var accept = host.Services.GetRequiredService<AcceptSignInLink>();

        var first = await accept.ExecuteAsync(token, "lead", SecurityHost.Password, Cancellation);
        var second = await accept.ExecuteAsync(token, "intruder", SecurityHost.Password, Cancellation);

        Assert.NotNull(first.User);
        Assert.True(second is { User: null, LinkIsDead: true });
    }

    [Fact]
    public async Task FirstLink_After15Minutes_IsDead()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();
        host.Time.Advance(TimeSpan.FromMinutes(15));

        using var answer = await visitor.UseLinkAsync(host.PrintedLink().PathAndQuery, Cancellation);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task FirstLink_ExpiresWhileTheFormIsOpen_IsDead()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();
        using var opened = await visitor.UseLinkAsync(host.PrintedLink().PathAndQuery, Cancellation);
        var token = visitor.Cookies["RolloutDashboard.Link"]!.Value;
        host.Time.Advance(TimeSpan.FromMinutes(15));

        var acceptance = await host
            .Services.GetRequiredService<AcceptSignInLink>()
            .ExecuteAsync(token, "lead", SecurityHost.Password, Cancellation);

        Assert.True(acceptance is { User: null, LinkIsDead: true });
    }

    [Theory]
    [InlineData("192.168.1.20")]
    [InlineData("2001:db8::7")]
    public async Task FirstLink_FromAfar_IsRefusedAndStaysUsable(string address)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();
        var link = host.PrintedLink().PathAndQuery;

        using var refused = await visitor.UseLinkAsync(link, Cancellation, (SecurityHost.RemoteAddressHeader, address));
        using var local = await visitor.UseLinkAsync(link, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, local.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Host", "rebound.example")]
    public async Task FirstLink_ThroughAProxyOrAForeignName_IsRefused(string header, string value)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.UseLinkAsync(host.PrintedLink().PathAndQuery, Cancellation, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=wrong")]
    [InlineData("?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("?token=../../../../../../../../../../../etc/passwd")]
    public async Task FirstLink_BadToken_IsRefused(string query)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();

        using var answer = await visitor.GetAsync($"/account/first{query}", Cancellation);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    public async Task FirstLink_SomebodyExistsMeanwhile_IsDead()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();
        using var opened = await visitor.UseLinkAsync(host.PrintedLink().PathAndQuery, Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);

        using var answer = await visitor.ChoosePasswordAsync("intruder", SecurityHost.Password, Cancellation);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Single(await host.Services.GetRequiredService<ListUsers>().ExecuteAsync(Cancellation));
    }

    [Theory]
    [InlineData("too short", "too short")]
    [InlineData("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa")]
    [InlineData("my name is lead, indeed", "my name is lead, indeed")]
    [InlineData("seven unlikely words", "seven other words")]
    public async Task ChoosePassword_PoorOne_IsRefusedAndTheLinkStaysUsable(string password, string repeated)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();
        using var opened = await visitor.UseLinkAsync(host.PrintedLink().PathAndQuery, Cancellation);

        using var refused = await visitor.SubmitAsync(
            "/account/set-password",
            new Dictionary<string, string>
            {
                ["userName"] = "lead",
                ["password"] = password,
                ["repeated"] = repeated,
            },
            Cancellation
        );
        using var accepted = await visitor.ChoosePasswordAsync("lead", SecurityHost.Password, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
    }

    [Fact]
    public async Task Token_IssuedPrintedAndUsed_IsNowhereInFilesOrLog()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var visitor = host.Visit();
        var printed = host.PrintedLink().Query["?token=".Length..];
        Assert.DoesNotContain(printed, AllFiles(host));

        using var opened = await visitor.UseLinkAsync(host.PrintedLink().PathAndQuery, Cancellation);
        var exchanged = visitor.Cookies["RolloutDashboard.Link"]!.Value;
        Assert.DoesNotContain(exchanged, AllFiles(host));
        using var chosen = await visitor.ChoosePasswordAsync("lead", SecurityHost.Password, Cancellation);

        Assert.NotEmpty(host.Log.Lines);
        Assert.DoesNotContain(printed, host.Log.Text);
        Assert.DoesNotContain(exchanged, host.Log.Text);
        Assert.DoesNotContain(SecurityHost.Password, host.Log.Text);
    }

    [Fact]
    public async Task Start_SomebodyExists_PrintsNothing()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        var console = new StringWriter();
        var again = ActivatorUtilities.CreateInstance<FirstSignInLink>(host.Services, new SignInConsole(console));

        await again.StartedAsync(Cancellation);

        Assert.Empty(console.ToString());
    }

    [Fact]
    public async Task Start_DatabaseIsBeingRestored_StartsAndSaysHowToGetALink()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        var console = new StringWriter();
        var again = ActivatorUtilities.CreateInstance<FirstSignInLink>(
            host.Services,
            new SignInConsole(console),
            new ClosedDatabases()
        );

        await again.StartedAsync(Cancellation);

        Assert.Equal(
            "No sign-in link was made: The database is being restored; try again in a moment. If nobody can sign in yet: RolloutDashboard sign-in-link",
            console.ToString().TrimEnd()
        );
    }

    [Fact]
    public async Task Invitation_OpenedFromAfar_SetsThePasswordAndEndsOlderSignIns()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        using var earlier = await host.SignedInAsync("olga", Roles.Operator, Cancellation);
        var issued = await host
            .Services.GetRequiredService<IssueSignInLink>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "olga", Cancellation);
        using var visitor = host.Visit();

        var link = issued.Link!.At(host.Address, issued.Token!).PathAndQuery;
        using var opened = await visitor.UseLinkAsync(
            link,
            Cancellation,
            (SecurityHost.RemoteAddressHeader, "192.168.1.20")
        );
        using var chosen = await visitor.ChoosePasswordAsync("ignored", "another good sentence", Cancellation);
        using var old = await earlier.PostAsync("/trial/operate", new Dictionary<string, string>(), Cancellation);
        using var fresh = await visitor.PostAsync("/trial/operate", new Dictionary<string, string>(), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, old.StatusCode);
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
    }

    [Fact]
    public async Task Invitation_UserRevokedMeanwhile_IsDead()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("olga", Roles.Operator, Cancellation);
        var issued = await host
            .Services.GetRequiredService<IssueSignInLink>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "olga", Cancellation);

        await host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(AuthorizedUser.CommandLine, "olga", null, Cancellation);

        Assert.Null(host.Links.Find(issued.Token));
    }

    [Fact]
    public async Task LinkFiles_OnUnix_AreReadableByTheOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var host = await SecurityHost.StartAsync(Cancellation);
        var folder = Path.Combine(host.Folder, "sign-in-links");

        var file = Assert.Single(Directory.GetFiles(folder));

#pragma warning disable CA1416 // Skipped on Windows above.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(folder)
        );
#pragma warning restore CA1416
    }

    private static async Task<string> LinkAsync(SecurityHost host, string kind)
    {
        if (kind == "first")
        {
            return host.PrintedLink().PathAndQuery;
        }

        await host.AddUserAsync("olga", Roles.Operator, Cancellation);
        return kind == "invitation"
            ? await IssueAsync(host, "olga")
            : Link(host, LinkPurpose.NewAdministrator)
                .At(host.Address, await host.Links.IssueAsync(Link(host, LinkPurpose.NewAdministrator), Cancellation))
                .PathAndQuery;
    }

    private static async Task<string> IssueAsync(SecurityHost host, string name)
    {
        var issued = await host
            .Services.GetRequiredService<IssueSignInLink>()
            .ExecuteAsync(AuthorizedUser.CommandLine, name, Cancellation);
        return issued.Link!.At(host.Address, issued.Token!).PathAndQuery;
    }

    private static SignInLink Link(SecurityHost host, LinkPurpose purpose) =>
        new(purpose, null, host.Time.GetUtcNow() + SignInLink.ConsoleLife, LocalOnly: true);

    private static string AllFiles(SecurityHost host) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories)
                .Select(path => path + System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)))
        );

    private sealed class ClosedDatabases : IDbContextFactory<RolloutDb>
    {
        public RolloutDb CreateDbContext() =>
            throw new DatabaseClosedException("The database is being restored; try again in a moment.");
    }
}
