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
            StopJsonCommand.Create(DataDirectory, TimeProvider.System, Console.Out),
            BackupCommand.Create(DataDirectory, TimeProvider.System, Console.Out),
            RestoreCommand.Create(DataDirectory, TimeProvider.System, Console.In, Console.Out),
            VerifyCommand.Create(DataDirectory, Console.Out),
            UserCommand.Create(() => UserServices.Open(DataDirectory(), TimeProvider.System), Console.Out),
            SignInLinkCommand.Create(DataDirectory, TimeProvider.System, Console.Out),
            BacktestCommand.Create(folder => MarketSourceFactory.Create(new MarketOptions { Source = "Csv", Path = folder })),
            MarketCommand.Create(),
            TemplatesCommand.Create(),
            StatsCommand.Create(),
            ImportCommand.Create(DataDirectory, TimeProvider.System),
            ImportsCommand.Create(DataDirectory, TimeProvider.System),
            CheckCommand.Create(),
            CompareCommand.Create(DataDirectory),
            ReplayCommand.Create(DataDirectory),
            AaCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }

    // The same places as the server: appsettings.json, environment, and --Storage:DataDirectory=... on the command line.
    private static string DataDirectory()
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(ApplicationRoot.Find(), "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(Environment.GetCommandLineArgs().Where(argument => argument.StartsWith("--Storage:", StringComparison.OrdinalIgnoreCase)).ToArray())
            .Build();
        return Path.GetFullPath(configuration["Storage:DataDirectory"] ?? new StorageOptions().DataDirectory, ApplicationRoot.Find());
    }
}
