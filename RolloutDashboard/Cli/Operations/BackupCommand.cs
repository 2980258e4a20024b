using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Recovery;

namespace RolloutDashboard.Cli.Operations;

/// <summary>`backup`: makes a backup now; a running server is not disturbed.</summary>
public static class BackupCommand
{
    /// <param name="dataDirectory">Gives the data directory of the dashboard; asked when the command runs.</param>
    public static Command Create(Func<string> dataDirectory, TimeProvider clock, TextWriter output)
    {
        var data = RecoveryServices.DataOption();
        var command = new Command(
            "backup",
            "Backs the database up into the folder 'backups' of the data directory; a server may run meanwhile."
        )
        {
            data,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(parsed.GetValue(data) ?? dataDirectory(), clock, output, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string path,
        TimeProvider clock,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (RecoveryServices.WhyNoDatabase(path) is { } problem)
        {
            await output.WriteLineAsync(problem);
            return 2;
        }

        await using var services = RecoveryServices.Open(path, clock);
        try
        {
            var backup = await services.GetRequiredService<BackUpDatabase>().ExecuteAsync("manual", cancellationToken);
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{backup.Path} ({new FileInfo(backup.Path).Length / 1024} KB, integrity check passed)"
                )
            );
            return 0;
        }
        catch (BackupFailedException exception)
        {
            await output.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
