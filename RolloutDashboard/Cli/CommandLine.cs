using System.CommandLine;
using RolloutDashboard.Core.Market;
using RolloutDashboard.Hosting;

namespace RolloutDashboard.Cli;

/// <summary>The commands beside the server; a new one is one entry here.</summary>
public static class CommandLine
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("RolloutDashboard: without a command it serves the dashboard.")
        {
            StopJsonCommand.Create(CommandSettings.DataDirectory, TimeProvider.System, Console.Out),
            BackupCommand.Create(CommandSettings.DataDirectory, TimeProvider.System, Console.Out),
            RestoreCommand.Create(CommandSettings.DataDirectory, TimeProvider.System, Console.In, Console.Out),
            VerifyCommand.Create(CommandSettings.DataDirectory, Console.Out),
            UserCommand.Create(() => UserServices.Open(CommandSettings.DataDirectory(), TimeProvider.System), Console.Out),
            SignInLinkCommand.Create(CommandSettings.DataDirectory, TimeProvider.System, Console.Out),
            BacktestCommand.Create(folder => MarketSourceFactory.Create(new MarketOptions { Source = "Csv", Path = folder })),
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
        return root.Parse(args).InvokeAsync();
    }
}
