using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RolloutDashboard.Cli.Operations;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security.Users;

namespace RolloutDashboard.Tests.Security;

public sealed class SecurityCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignInLink_ServerRuns_MakesAnotherAdministrator()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        var output = new StringWriter();

        var exitCode = await SignInLinkCommand
            .Create(() => host.Folder, _ => host.Services, host.Time, output)
            .Parse([])
            .InvokeAsync(null, Cancellation);
        var link = new Uri(output.ToString().Trim());
        using var visitor = host.Visit();
        using var opened = await visitor.UseLinkAsync(link.PathAndQuery, Cancellation);
        using var chosen = await visitor.ChoosePasswordAsync("second", SecurityHost.Password, Cancellation);

        Assert.Equal(0, exitCode);
        Assert.Equal(host.Address.Authority, link.Authority);
        Assert.Equal("/", chosen.Headers.Location?.ToString());
        var users = await host.Services.GetRequiredService<ListUsers>().ExecuteAsync(Cancellation);
        Assert.Equal(
            ["lead", "second"],
            users.Where(user => user.Role == Roles.Administrator).Select(user => user.Name)
        );
    }

    [Fact]
    public async Task SignInLink_ForAUser_SetsThatUsersPassword()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        var output = new StringWriter();

        await SignInLinkCommand
            .Create(() => host.Folder, _ => host.Services, host.Time, output)
            .Parse(["--user", "lead"])
            .InvokeAsync(null, Cancellation);
        using var visitor = host.Visit();
        using var opened = await visitor.UseLinkAsync(new Uri(output.ToString().Trim()).PathAndQuery, Cancellation);
        using var chosen = await visitor.ChoosePasswordAsync("intruder", "another good sentence", Cancellation);
        using var again = host.Visit();
        using var signedIn = await again.SignInAsync("lead", "another good sentence", Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Single(await host.Services.GetRequiredService<ListUsers>().ExecuteAsync(Cancellation));
    }

    [Theory]
    [InlineData("nobody-known")]
    [InlineData("former")]
    public async Task SignInLink_ForNobodyWhoMaySignIn_SaysSoAndMakesNone(string name)
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);
        await host.AddUserAsync("former", Roles.Viewer, Cancellation);
        await host
            .Services.GetRequiredService<RevokeUser>()
            .ExecuteAsync(RolloutDashboard.Security.AuthorizedUser.CommandLine, "former", null, Cancellation);
        var links = Directory.GetFiles(Path.Combine(host.Folder, "sign-in-links"));
        var output = new StringWriter();

        var exitCode = await SignInLinkCommand
            .Create(() => "elsewhere", _ => host.Services, host.Time, output)
            .Parse(["--user", name, "--data", host.Folder])
            .InvokeAsync(null, Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains($"There is no user '{name}' who may sign in", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(links, Directory.GetFiles(Path.Combine(host.Folder, "sign-in-links")));
    }

    [Fact]
    public async Task SignInLink_UrlAndData_AreUsed()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        var output = new StringWriter();

        var exitCode = await SignInLinkCommand
            .Create(() => "elsewhere", _ => host.Services, host.Time, output)
            .Parse(["--url", "https://dashboard.example.org", "--data", host.Folder])
            .InvokeAsync(null, Cancellation);

        Assert.Equal(0, exitCode);
        Assert.StartsWith(
            "https://dashboard.example.org/account/first?token=",
            output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task SignInLink_NoSuchDirectory_SaysSoAndMakesNone()
    {
        var missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        var output = new StringWriter();

        var exitCode = await SignInLinkCommand
            .Create(
                () => missing,
                _ => throw new InvalidOperationException("No user is asked for."),
                TimeProvider.System,
                output
            )
            .Parse([])
            .InvokeAsync(null, Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains(missing, output.ToString());
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public async Task Users_AddListRevoke_DoWhatTheySay()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);
        await host.AddUserAsync("lead", Roles.Administrator, Cancellation);

        var (added, link) = await RunAsync(host, "add", "vera", "Viewer");
        var (_, listed) = await RunAsync(host, "list");
        var (revoked, _) = await RunAsync(host, "revoke", "vera");
        var (_, afterwards) = await RunAsync(host, "list");
        var (refused, reason) = await RunAsync(host, "revoke", "lead");

        Assert.Equal((0, 0, 1), (added, revoked, refused));
        Assert.Contains("/account/link?token=", link);
        Assert.Contains("vera\tViewer\tinvited", listed);
        Assert.Contains("vera\tViewer\trevoked", afterwards);
        Assert.Contains("last administrator", reason);
    }

    [Fact]
    public async Task Users_AddWithUnknownRole_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Cancellation);

        var parsed = UserCommand.Create(_ => host.Services, TextWriter.Null).Parse(["add", "vera", "Emperor"]);

        Assert.NotEmpty(parsed.Errors);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(SecurityHost host, params string[] arguments)
    {
        var output = new StringWriter();
        var exitCode = await UserCommand
            .Create(_ => host.Services, output)
            .Parse(arguments)
            .InvokeAsync(null, Cancellation);
        return (exitCode, output.ToString());
    }
}
