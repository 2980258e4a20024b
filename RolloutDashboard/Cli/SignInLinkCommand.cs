using System.CommandLine;
using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Cli;

/// <summary>`sign-in-link [--user NAME]`: prints a new one-time link, also while the server runs.</summary>
public static class SignInLinkCommand
{
    /// <param name="dataDirectory">Gives the data directory of the dashboard; asked when the command runs.</param>
    public static Command Create(Func<string> dataDirectory, TimeProvider time, TextWriter output)
    {
        var user = new Option<string?>("--user") { Description = "Whose password the link sets; without it, the link makes a new administrator." };
        var url = new Option<Uri?>("--url") { Description = "Address of the dashboard; without it, the one that the server noted." };
        var command = new Command("sign-in-link", "Prints a link that works once, on this machine, for 15 minutes.") { user, url };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            dataDirectory(), parsed.GetValue(user), parsed.GetValue(url), time, output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string dataDirectory, string? user, Uri? url, TimeProvider time, TextWriter output, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(dataDirectory))
        {
            await output.WriteLineAsync($"There is no data directory at {Path.GetFullPath(dataDirectory)}. Start the dashboard once, or name its directory.");
            return 1;
        }

        var link = new SignInLink(
            user is null ? LinkPurpose.NewAdministrator : LinkPurpose.SetPassword,
            user,
            time.GetUtcNow() + SignInLink.ConsoleLife,
            LocalOnly: true);
        var token = await new SignInLinkStore(dataDirectory, time).IssueAsync(link, cancellationToken);
        await output.WriteLineAsync(link.At(url ?? ServerAddress.Read(dataDirectory) ?? ServerAddress.Default, token).ToString());
        return 0;
    }
}
