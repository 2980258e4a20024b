using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RolloutDashboard.Background;
using RolloutDashboard.Commands.Backups;
using RolloutDashboard.Core.Decisions;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Core.Vocabulary;
using RolloutDashboard.Security;
using RolloutDashboard.Security.Users;
using RolloutDashboard.Tests.Security;

namespace RolloutDashboard.Tests.Commands.Backups;

/// <summary>Who may back up, verify and restore; asked at the moment of the command.</summary>
public sealed class BackupCommandsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Roles.Viewer, false)]
    [InlineData(Roles.Analyst, false)]
    [InlineData(Roles.Operator, true)]
    [InlineData(Roles.Administrator, true)]
    public async Task Verify_IsForOperators(string role, bool allowed)
    {
        await using var host = await SecurityHost.StartAsync(Token);
        await host.AddUserAsync("ann", role, Token);
        var (desk, tasks) = Desk(host);

        var result = await desk.VerifyAsync(await AuthorizationTests.PrincipalAsync(host, "ann"), Token);

        Assert.Equal(allowed, result.Succeeded);
        Assert.Equal(allowed ? "ann" : null, tasks.Latest?.Actor);
        Assert.Contains(allowed ? "has begun" : "needs the role Operator", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Analyst)]
    public async Task BackUp_BelowOperator_IsRefused(string role)
    {
        await using var host = await SecurityHost.StartAsync(Token);
        await host.AddUserAsync("ann", role, Token);
        var (desk, tasks) = Desk(host);

        Assert.False(
            (await desk.BackUpNowAsync(await AuthorizationTests.PrincipalAsync(host, "ann"), Token)).Succeeded
        );
        Assert.Null(tasks.Latest);
    }

    [Theory]
    [InlineData(Roles.Operator, false)]
    [InlineData(Roles.Administrator, true)]
    public async Task Restore_IsForAdministrators(string role, bool allowed)
    {
        await using var host = await SecurityHost.StartAsync(Token);
        await host.AddUserAsync("ann", role, Token);
        var (desk, tasks) = Desk(host);
        var name = PlaceBackup(host);

        var result = await desk.RestoreAsync(
            name,
            name,
            "The import of last night spoiled the records.",
            await AuthorizationTests.PrincipalAsync(host, "ann"),
            Token
        );

        Assert.Equal(allowed, result.Succeeded);
        Assert.Equal(allowed ? $"Restore of {name}" : null, tasks.Latest?.Name);
    }

    [Fact]
    public async Task Restore_RevokedMeanwhile_IsRefused()
    {
        await using var host = await SecurityHost.StartAsync(Token);
        await host.AddUserAsync("boss", Roles.Administrator, Token);
        await host.AddUserAsync("ann", Roles.Administrator, Token);
        var (desk, tasks) = Desk(host);
        var (name, signedIn) = (PlaceBackup(host), await AuthorizationTests.PrincipalAsync(host, "ann"));
        Assert.True(
            (
                await host
                    .Services.GetRequiredService<RevokeUser>()
                    .ExecuteAsync(AuthorizedUser.CommandLine, "ann", "left the team", Token)
            ).Succeeded
        );

        Assert.False(
            (
                await desk.RestoreAsync(name, name, "The import of last night spoiled the records.", signedIn, Token)
            ).Succeeded
        );
        Assert.Null(tasks.Latest);
    }

    [Theory]
    [InlineData("another", "The import of last night spoiled the records.", "to confirm")]
    [InlineData(null, "no", "The reason")]
    public async Task Restore_WithoutReasonOrName_BeginsNothing(string? typed, string reason, string words)
    {
        await using var host = await SecurityHost.StartAsync(Token);
        await host.AddUserAsync("ann", Roles.Administrator, Token);
        var (desk, tasks) = Desk(host);
        var name = PlaceBackup(host);

        var result = await desk.RestoreAsync(
            name,
            typed ?? name,
            reason,
            await AuthorizationTests.PrincipalAsync(host, "ann"),
            Token
        );

        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.Null(tasks.Latest);
    }

    private static string PlaceBackup(SecurityHost host)
    {
        var data = host.Services.GetRequiredService<DataDirectory>();
        Directory.CreateDirectory(data.Backups);
        var path = Path.Combine(data.Backups, "rollout-20260302-084500-scheduled.db");
        File.WriteAllText(path, "");
        return Path.GetFileName(path);
    }

    // What a command does is tested where it is written; here only whether it begins.
    private static (BackupCommands Desk, DatabaseTasks Tasks) Desk(SecurityHost host)
    {
        var data = host.Services.GetRequiredService<DataDirectory>();
        var tasks = new DatabaseTasks(
            new NobodyLooks(),
            host.Services.GetRequiredService<IHostApplicationLifetime>(),
            host.Time,
            NullLogger<DatabaseTasks>.Instance
        );
        return (
            new BackupCommands(
                host.Services.GetRequiredService<CommandAuthorization>(),
                data,
                Options.Create(new BackupOptions()),
                null!,
                null!,
                new VerifyRecords(data, new DecisionJournal(data)),
                tasks
            ),
            tasks
        );
    }
}
