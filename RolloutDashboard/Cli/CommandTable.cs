using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RolloutDashboard.Cli.Backtests;
using RolloutDashboard.Cli.Evidence;
using RolloutDashboard.Cli.Imports;
using RolloutDashboard.Cli.Operations;
using RolloutDashboard.Cli.Shared;
using RolloutDashboard.Core.Market;

namespace RolloutDashboard.Cli;

/// <summary>
/// The commands beside the server with their options and arguments; help, parsing and errors come from here, and a new
/// command is one entry.
/// </summary>
public static class CommandTable
{
    /// <param name="input">Asked for confirmations.</param>
    /// <param name="output">Told what commands did.</param>
    public static RootCommand Create(TextReader input, TextWriter output)
    {
        var root = new RootCommand(
            "RolloutDashboard: without a command it serves the dashboard. Settings such as --Loop:Workers=2 may stand anywhere."
        )
        {
            StopJsonCommand.Create(CommandSettings.DataDirectory, TimeProvider.System, output),
            BackupCommand.Create(CommandSettings.DataDirectory, TimeProvider.System, output),
            RestoreCommand.Create(CommandSettings.DataDirectory, TimeProvider.System, input, output),
            VerifyCommand.Create(CommandSettings.DataDirectory, output),
            UserCommand.Create(OpenUsers, output),
            SignInLinkCommand.Create(CommandSettings.DataDirectory, OpenUsers, TimeProvider.System, output),
            BacktestCommand.Create(folder =>
                MarketSourceFactory.Create(new MarketOptions { Source = "Csv", Path = folder })
            ),
            MarketCommand.Create(),
            TemplatesCommand.Create(),
            StatsCommand.Create(),
            ImportCommand.Create(CommandSettings.DataDirectory, TimeProvider.System),
            ImportsCommand.Create(CommandSettings.DataDirectory, TimeProvider.System),
            CheckCommand.Create(CommandSettings.DataDirectory),
            CompareCommand.Create(CommandSettings.DataDirectory),
            ReplayCommand.Create(CommandSettings.DataDirectory),
            AaCommand.Create(),
        };
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        root.Options.Add(
            new Option<bool>("--version")
            {
                Description = "Print the version.",
                Recursive = true,
                Action = new VersionAction(),
            }
        );
        TakeNumbersStrictly(root);
        return root;
    }

    // The library would read 1,5 as 15.
    private static void TakeNumbersStrictly(Command command)
    {
        foreach (var option in command.Options)
        {
            switch (option)
            {
                case Option<double> number:
                    number.CustomParser = result => Number(option, result) ?? 0;
                    break;
                case Option<double?> number:
                    number.CustomParser = result => Number(option, result);
                    break;
                default:
                    break;
            }
        }

        foreach (var inner in command.Subcommands)
        {
            TakeNumbersStrictly(inner);
        }
    }

    private static double? Number(Option option, ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
        )
        {
            return number;
        }

        result.AddError($"{option.Name} takes a number, with a point before decimals, not '{text}'.");
        return null;
    }

    private static IServiceProvider OpenUsers(string? path) =>
        UserServices.Open(path ?? CommandSettings.DataDirectory(), TimeProvider.System);
}
