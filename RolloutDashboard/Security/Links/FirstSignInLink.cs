using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using RolloutDashboard.Core.Storage;

namespace RolloutDashboard.Security.Links;

/// <summary>When the server listens and nobody can sign in yet, prints the link by which the first administrator
/// does.</summary>
public sealed class FirstSignInLink(
    IServer server,
    IDbContextFactory<RolloutDb> databases,
    SignInLinkStore links,
    SignInConsole console,
    DataFolder data,
    TimeProvider time
) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = ServerAddress.Visible(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        await ServerAddress.WriteAsync(data.Path, address, cancellationToken);
        try
        {
            await PrintAsync(address, cancellationToken);
        }
        catch (DatabaseClosedException exception)
        {
            // A restore may begin with the server, and that is no reason not to start.
            await console.Out.WriteLineAsync(
                $"No sign-in link was made: {exception.Message} If nobody can sign in yet: RolloutDashboard sign-in-link"
            );
        }
    }

    private async Task PrintAsync(Uri address, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Users.AnyAsync(cancellationToken))
        {
            return;
        }

        var link = new SignInLink(
            LinkPurpose.FirstAdministrator,
            UserName: null,
            time.GetUtcNow() + SignInLink.ConsoleLife,
            LocalOnly: true
        );
        var token = await links.IssueAsync(link, cancellationToken);
        await console.Out.WriteLineAsync(
            $"""

            Nobody can sign in yet. Open this link on this machine within {SignInLink.ConsoleLife.TotalMinutes:0} minutes; it works once:
              {link.At(address, token)}
            A new one: RolloutDashboard sign-in-link

            """.AsMemory(),
            cancellationToken
        );
        await console.Out.FlushAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
