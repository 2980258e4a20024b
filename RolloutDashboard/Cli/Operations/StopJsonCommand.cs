using System.CommandLine;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Storage.Files;

namespace RolloutDashboard.Cli.Operations;

/// <summary>`stop-json`: sets the marker file that keeps JSON mode off; needs neither database nor sign-in nor a
/// running server.</summary>
public static class StopJsonCommand
{
    /// <param name="dataDirectory">Gives the data directory of the dashboard; asked when the command runs.</param>
    public static Command Create(Func<string> dataDirectory, TimeProvider clock, TextWriter output)
    {
        var reason = new Option<string>("--reason")
        {
            Description = "Why; kept in the decision record.",
            DefaultValueFactory = _ => "Stopped from the command line.",
        };
        var data = new Option<string?>("--data")
        {
            Description = "Data directory of the dashboard; without it, Storage:DataDirectory.",
        }.NamesFolder();
        var command = new Command(
            "stop-json",
            "Stops JSON mode at once: a running server assigns no JSON from its next iteration on and records the rollback within seconds."
        )
        {
            reason,
            data,
        };
        command.SetAction(parsed =>
            Run(parsed.GetValue(data) ?? dataDirectory(), parsed.GetValue(reason)!, clock, output)
        );
        return command;
    }

    private static int Run(string path, string reason, TimeProvider clock, TextWriter output)
    {
        if (!Directory.Exists(path))
        {
            output.WriteLine(
                $"There is no data directory at {path}, so nothing was stopped. Give the dashboard's folder with --data."
            );
            return 2;
        }

        var data = new DataDirectory(path);
        try
        {
            var withoutWords = new JsonKillSwitch(data, clock).Mark($"{Environment.UserName} (command line)", reason);
            output.WriteLine(
                $"JSON mode is stopped: {data.StopMarker} is set. It stays off until somebody resumes the rollout.{(withoutWords is null ? "" : $" The reason could not be written into it: {withoutWords}.")}"
            );
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(
                $"JSON mode is NOT stopped: {data.StopMarker} could not be made ({exception.Message}). Make a file of that name by hand, use Roll back on any page, or stop the server."
            );
            return 1;
        }
    }
}
