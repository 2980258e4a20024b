using System.CommandLine;
using System.Globalization;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Nodes;
using RolloutDashboard.Core.Recovery;
using RolloutDashboard.Core.Recovery.Restores;
using RolloutDashboard.Core.Storage.Files;
using RolloutDashboard.Security.Links;

namespace RolloutDashboard.Cli.Operations;

/// <summary>`restore`: puts a backup into place while no server runs; JSON is off afterwards and all sign-ins are
/// ended.</summary>
public static class RestoreCommand
{
    /// <param name="dataDirectory">Gives the data directory of the dashboard; asked when the command runs.</param>
    public static Command Create(Func<string> dataDirectory, TimeProvider clock, TextReader input, TextWriter output)
    {
        var data = RecoveryServices.DataOption();
        var from = new Option<string?>("--from")
        {
            Description = "Backup to restore; without it, the newest that passes its integrity check.",
        }.ReadsFile();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command(
            "restore",
            "Restores the database from a backup. Stop the server first. The present file is kept aside; JSON mode is off afterwards."
        )
        {
            data,
            from,
            yes,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetValue(data) ?? dataDirectory(),
                    new Order(parsed.GetValue(from), parsed.GetValue(yes)),
                    clock,
                    new Terminal(input, output),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string path,
        Order order,
        TimeProvider clock,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        if (!Directory.Exists(path))
        {
            await terminal.Output.WriteLineAsync(
                $"There is no data directory at {path}. Give the dashboard's folder with --data."
            );
            return 2;
        }

        var data = new DataDirectory(path);
        try
        {
            using var only = ProcessLock.Take(data);
            if (!order.Yes && !await AgreesAsync(data, order.From, terminal, cancellationToken))
            {
                await terminal.Output.WriteLineAsync("Nothing was changed.");
                return 1;
            }

            await RestoreAsync(data, order.From, clock, terminal.Output, cancellationToken);
            return 0;
        }
        catch (DataDirectoryInUseException)
        {
            await terminal.Output.WriteLineAsync($"A server is running on {data.Path}. Stop it, then restore.");
            return 2;
        }
        catch (NoGoodBackupException exception)
        {
            await terminal.Output.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task RestoreAsync(
        DataDirectory data,
        string? from,
        TimeProvider clock,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        await using var services = RecoveryServices.Open(data.Path, clock);
        var restore = services.GetRequiredService<RestoreDatabase>();
        var result = await restore.FinishAsync(cancellationToken)
            ?? await restore.ExecuteAsync(
                new RestoreRequest(
                    $"{Environment.UserName} (command line)",
                    "Asked for on the command line.",
                    IsDamaged: false,
                    from
                ),
                cancellationToken
            );
        new SignInLinkStore(data.Path, clock).RemoveAll();
        await output.WriteLineAsync(result.Text);
        await output.WriteLineAsync(
            result.KeptFile is { } kept && File.Exists(kept)
                ? $"The file that was there before is kept as {kept}."
                : "There was no database file before."
        );
    }

    private static async Task<bool> AgreesAsync(
        DataDirectory data,
        string? from,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var newest = BackupFile.List(data).FirstOrDefault();
        var what = from
            ?? (
                newest is null
                    ? "the newest good backup"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"the newest good backup (the newest file is of {newest.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)"
                    )
            );
        await terminal.Output.WriteLineAsync(
            $"This puts {what} into the place of {data.Database}. Iterations recorded since then are lost, JSON mode is off afterwards and everybody has to sign in again."
        );
        await terminal.Output.WriteAsync("Type restore to go on: ");
        return (await terminal.Input.ReadLineAsync(cancellationToken))?.Trim() == "restore";
    }

    private sealed record Order(string? From, bool Yes);

    private sealed record Terminal(TextReader Input, TextWriter Output);
}
